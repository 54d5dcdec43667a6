"""Scikit-learn's autologging through MLflow's own client."""

import warnings

from steps import run_steps, same, step

import mlflow
import mlflow.sklearn
from mlflow import MlflowClient
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV

warnings.filterwarnings("ignore")
client = MlflowClient()
mlflow.set_experiment("autolog")
features, labels = load_iris(return_X_y=True, as_frame=True)


@step("a fit logs its parameters, metrics, figures, data and model")
def fit(_folder):
    mlflow.sklearn.autolog()
    with mlflow.start_run() as run:
        LogisticRegression(max_iter=300, C=0.7).fit(features, labels)
    mlflow.sklearn.autolog(disable=True)

    found = client.get_run(run.info.run_id)
    same((found.data.params["C"], found.data.params["max_iter"]), ("0.7", "300"))
    assert found.data.metrics["training_accuracy_score"] > 0.9
    same(found.data.tags["estimator_name"], "LogisticRegression")
    paths = {entry.path for entry in client.list_artifacts(run.info.run_id)}
    assert {"training_confusion_matrix.png", "estimator.html"} <= paths, paths
    same(len(found.inputs.dataset_inputs), 1)
    same(len(found.outputs.model_outputs), 1)
    model = mlflow.sklearn.load_model(f"runs:/{run.info.run_id}/model")
    assert model.score(features, labels) > 0.9


@step("a grid search logs a run for each of its best candidates below its own")
def grid_search(_folder):
    mlflow.sklearn.autolog(max_tuning_runs=2, log_models=False)
    with mlflow.start_run() as run:
        GridSearchCV(LogisticRegression(max_iter=300), {"C": [0.1, 1.0, 10.0]}, cv=3).fit(features, labels)
    mlflow.sklearn.autolog(disable=True)

    found = client.get_run(run.info.run_id)
    assert "best_C" in found.data.params, found.data.params
    assert "cv_results.csv" in {entry.path for entry in client.list_artifacts(run.info.run_id)}
    children = mlflow.search_runs(
        experiment_names=["autolog"], filter_string=f"tags.mlflow.parentRunId = '{run.info.run_id}'", output_format="list"
    )
    same(len(children), 2)
    assert all("mean_test_score" in child.data.metrics for child in children)


run_steps()
