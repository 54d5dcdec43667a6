"""Uses MLflow's own client the way scripts do, and prints what it saw as one JSON document."""

import json
import os
import sys
import tempfile

url, folder = sys.argv[1], sys.argv[2]
os.environ["MLFLOW_HTTP_REQUEST_MAX_RETRIES"] = "0"
os.environ["MLFLOW_MULTIPART_UPLOAD_MINIMUM_FILE_SIZE"] = "5242881"
os.environ["MLFLOW_MULTIPART_UPLOAD_CHUNK_SIZE"] = "5242880"
os.environ["MLFLOW_MULTIPART_DOWNLOAD_MINIMUM_FILE_SIZE"] = "5242881"
os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
os.environ["GIT_PYTHON_REFRESH"] = "quiet"
os.environ["MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR"] = "false"

import mlflow  # noqa: E402
import numpy as np  # noqa: E402
from mlflow import MlflowClient  # noqa: E402
from mlflow.exceptions import MlflowException  # noqa: E402
from sklearn.linear_model import LinearRegression  # noqa: E402

mlflow.set_tracking_uri(url)
client = MlflowClient()
seen = {}


def refused(action):
    try:
        action()
    except MlflowException as error:
        return error.error_code
    return "accepted"


features = np.array([[1.0], [2.0], [3.0]])
line = LinearRegression().fit(features, np.array([2.0, 4.0, 6.0]))
experiment = mlflow.set_experiment("models")

with mlflow.start_run() as run:
    info = mlflow.sklearn.log_model(
        line, name="line", registered_model_name="line", input_example=features
    )
    mlflow.log_metric("rmse", 0.25, model_id=info.model_id)
    mlflow.log_text("hello", "notes/a b+é.txt")
    mlflow.log_dict({"a": 1}, "d.json")
    mlflow.log_table({"x": [1, 2], "y": ["p", "q"]}, "tab.json")
    mlflow.log_table({"x": [3], "y": ["r"]}, "tab.json")
    big = os.path.join(folder, "big.bin")
    with open(big, "wb") as file:
        for index in range(12):
            file.write(bytes([index]) * 1024 * 1024)
    mlflow.log_artifact(big, "weights")
run_id = run.info.run_id

seen["artifacts"] = sorted(
    [(entry.path, entry.is_dir, entry.file_size) for entry in client.list_artifacts(run_id)]
)
seen["model files"] = [entry.path for entry in mlflow.artifacts.list_artifacts(f"runs:/{run_id}/line")]
seen["text"] = mlflow.artifacts.load_text(run.info.artifact_uri + "/notes/a b+é.txt")
seen["table"] = len(mlflow.load_table("tab.json", run_ids=[run_id]))
with open(client.download_artifacts(run_id, "weights/big.bin", tempfile.mkdtemp(dir=folder)), "rb") as file:
    content = file.read()
seen["big"] = [len(content), content[0], content[-1]]
with open(client.download_artifacts(run_id, "notes", tempfile.mkdtemp(dir=folder)) + "/a b+é.txt") as file:
    seen["folder"] = file.read()

version = mlflow.register_model(f"runs:/{run_id}/line", "line")
third = mlflow.register_model(f"models:/{info.model_id}", "line")
seen["versions"] = [version.version, third.version, third.run_id == run_id]
registered = json.loads(client.get_logged_model(info.model_id).tags["mlflow.modelVersions"])
seen["registered"] = [f"{one['name']} {one['version']}" for one in registered]
seen["model metrics"] = [
    (metric.key, metric.value, metric.run_id == run_id)
    for metric in client.get_logged_model(info.model_id).metrics
]

client.set_registered_model_alias("line", "champion", 2)
client.set_registered_model_tag("line", "team", "x")
client.set_model_version_tag("line", 2, "stage", "good")
client.update_model_version("line", 2, "the second")
client.update_registered_model("line", "a line")
client.transition_model_version_stage("line", 1, "Production")
by_alias = client.get_model_version_by_alias("line", "champion")
seen["alias"] = [by_alias.version, by_alias.description, by_alias.tags, list(by_alias.aliases)]
model = client.get_registered_model("line")
seen["model"] = [model.description, model.tags, model.aliases]
seen["latest"] = [(one.version, one.current_stage) for one in client.get_latest_versions("line")]
seen["search"] = [
    [one.name for one in client.search_registered_models("tags.team = 'x'")],
    [one.version for one in client.search_model_versions("name = 'line'", order_by=["version_number ASC"])],
    [one.version for one in client.search_model_versions(f"run_id = '{run_id}'", max_results=2)],
]
seen["predictions"] = [
    float(mlflow.pyfunc.load_model(uri).predict(np.array([[4.0]]))[0])
    for uri in [
        "models:/line@champion",
        "models:/line/1",
        "models:/line/Production",
        "models:/line/latest",
        f"models:/{info.model_id}",
        f"runs:/{run_id}/line",
    ]
]
client.delete_model_version_tag("line", 2, "stage")
client.delete_registered_model_tag("line", "team")
client.delete_registered_model_alias("line", "champion")
client.delete_model_version("line", "3")
client.rename_registered_model("line", "ligne")
seen["renamed"] = [one.version for one in client.search_model_versions("name = 'ligne'")]
client.delete_registered_model("ligne")
seen["refusals"] = [
    refused(lambda: client.get_registered_model("ligne")),
    refused(lambda: client.get_model_version_by_alias("ligne", "x")),
    refused(lambda: client.get_logged_model("m-" + "0" * 32)),
    refused(lambda: client.search_registered_models("name = 'a' OR name = 'b'")),
]

external = mlflow.create_external_model(name="external", params={"p": "1"})
mlflow.finalize_logged_model(external.model_id, "READY")
client.set_logged_model_tags(external.model_id, {"a": "b"})
client.delete_logged_model_tag(external.model_id, "a")
seen["logged"] = sorted(
    one.name for one in mlflow.search_logged_models([experiment.experiment_id], output_format="list")
)
client.delete_logged_model(external.model_id)
seen["logged later"] = [
    one.name
    for one in mlflow.search_logged_models(
        [experiment.experiment_id],
        filter_string="metrics.rmse < 1",
        order_by=[{"field_name": "metrics.rmse", "ascending": False}],
        output_format="list",
    )
]

mlflow.genai.register_prompt("greet", "Hello {{name}}", commit_message="first", tags={"lang": "en"})
mlflow.genai.register_prompt("greet", "Good day {{name}}")
mlflow.genai.set_prompt_alias("greet", "live", 1)
seen["prompt"] = [
    mlflow.genai.load_prompt("prompts:/greet@live").template,
    mlflow.genai.load_prompt("prompts:/greet/2").template,
    [one.name for one in mlflow.genai.search_prompts()],
    [one.name for one in client.search_registered_models()],
]

print(json.dumps(seen, default=list))
