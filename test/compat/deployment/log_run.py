"""Logs a run with MLflow's own client and prints what the server says of it, as JSON. MLFLOW_TRACKING_URI and MLFLOW_TRACKING_TOKEN say where."""

import json
import pathlib
import tempfile

import mlflow

mlflow.set_experiment("deployed")
with mlflow.start_run(run_name="first") as run:
    mlflow.log_params({"alpha": 0.5, "solver": "lbfgs"})
    for step in range(3):
        mlflow.log_metric("loss", 1.0 / (step + 1), step=step)
    mlflow.set_tag("team", "fraud")
    with tempfile.TemporaryDirectory() as folder:
        note = pathlib.Path(folder) / "note.txt"
        note.write_text("written through the deployed API\n", encoding="utf-8")
        mlflow.log_artifact(str(note), artifact_path="notes")

client = mlflow.MlflowClient()
found = client.get_run(run.info.run_id)
with tempfile.TemporaryDirectory() as folder:
    text = pathlib.Path(client.download_artifacts(run.info.run_id, "notes/note.txt", folder)).read_text(encoding="utf-8")
search = client.search_runs([found.info.experiment_id], "metrics.loss < 0.5 and params.solver = 'lbfgs'")
model = client.create_registered_model("deployed-model")
print(
    json.dumps(
        {
            "status": found.info.status,
            "params": found.data.params,
            "loss": [metric.value for metric in client.get_metric_history(run.info.run_id, "loss")],
            "team": found.data.tags["team"],
            "artifacts": [entry.path for entry in client.list_artifacts(run.info.run_id, "notes")],
            "note": text,
            "found": [one.info.run_name for one in search],
            "model": model.name,
        }
    )
)
