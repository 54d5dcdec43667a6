"""Track a scikit-learn run with an unmodified MLflow client, and read everything back.

    pip install mlflow scikit-learn
    export MLFLOW_TRACKING_URI=http://127.0.0.1:5000
    python docs/examples/track_a_run.py
"""

import mlflow
import mlflow.sklearn
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression

mlflow.set_experiment("iris")
mlflow.sklearn.autolog()

features, labels = load_iris(return_X_y=True, as_frame=True)
with mlflow.start_run(run_name="logistic") as run:
    LogisticRegression(max_iter=200, C=0.7).fit(features, labels)
    mlflow.log_metric("answer", 42)
    mlflow.log_text("kept as it is", "notes/hello.txt")

found = mlflow.search_runs(experiment_names=["iris"], filter_string="metrics.answer = 42 and params.C = '0.7'")
assert run.info.run_id in set(found["run_id"]), found

model = mlflow.sklearn.load_model(f"runs:/{run.info.run_id}/model")
print("accuracy", model.score(features, labels))
print("run", run.info.run_id)
