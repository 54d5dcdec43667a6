"""What MLflow's own client is refused, with the codes and texts that its users know."""

from steps import refused, run_steps, same, step

import mlflow
import requests
from mlflow import MlflowClient
from mlflow.entities import Metric, Param

client = MlflowClient()
url = mlflow.get_tracking_uri()
experiment = client.create_experiment("refusals")
run_id = client.create_run(experiment).info.run_id
nowhere = "0" * 32


def expect(action, code, text):
    error = refused(action)
    same(error.error_code, code)
    assert text in error.message, error.message


def post(path, body):
    reply = requests.post(f"{url}/api/2.0/mlflow/{path}", json=body, timeout=30)
    return reply.status_code, reply.json()


@step("what does not exist is said by name")
def unknown(_folder):
    missing = "RESOURCE_DOES_NOT_EXIST"
    expect(lambda: client.get_run(nowhere), missing, f"Run with id={nowhere} not found")
    expect(lambda: client.get_experiment("99999"), missing, "No Experiment with id=99999 exists")
    expect(lambda: client.get_registered_model("nothing"), missing, "Registered Model with name=nothing not found")
    expect(lambda: client.get_logged_model("m-" + nowhere), missing, f"Logged model with ID 'm-{nowhere}' not found.")
    expect(lambda: client.delete_tag(run_id, "nothing"), missing, f"No tag with name: nothing in run with id {run_id}")
    reply = requests.get(f"{url}/api/2.0/mlflow/experiments/get-by-name", params={"experiment_name": "nothing"}, timeout=30)
    same((reply.status_code, reply.json()["error_code"]), (404, missing))
    assert "Could not find experiment with name 'nothing'" in reply.json()["message"]


@step("versions and aliases that do not exist are said by name")
def unknown_versions(_folder):
    client.create_registered_model("refused model")
    expect(lambda: client.get_model_version("refused model", "7"), "RESOURCE_DOES_NOT_EXIST", "Model Version (name=refused model, version=7) not found")
    expect(lambda: client.get_model_version_by_alias("refused model", "x"), "INVALID_PARAMETER_VALUE", "Registered model alias x not found.")


@step("names that are taken are refused as existing, under 400")
def taken(_folder):
    expect(lambda: client.create_experiment("refusals"), "RESOURCE_ALREADY_EXISTS", "'refusals' already exists")
    client.create_registered_model("taken")
    expect(lambda: client.create_registered_model("taken"), "RESOURCE_ALREADY_EXISTS", "taken")
    same(post("experiments/create", {"name": "refusals"})[0], 400)
    same(post("registered-models/create", {"name": "taken"})[0], 400)
    gone = client.create_experiment("refusals deleted")
    client.delete_experiment(gone)
    expect(lambda: client.create_experiment("refusals deleted"), "RESOURCE_ALREADY_EXISTS", "refusals deleted")


@step("a param is written once")
def changed_param(_folder):
    client.log_param(run_id, "k", "v")
    client.log_param(run_id, "k", "v")
    text = f"Changing param values is not allowed. Param with key='k' was already logged with value='v' for run ID='{run_id}'. Attempted logging new value 'w'."
    expect(lambda: client.log_param(run_id, "k", "w"), "INVALID_PARAMETER_VALUE", text)
    expect(
        lambda: client.log_batch(run_id, params=[Param("other", "1"), Param("k", "w")], metrics=[Metric("m", 1, 1, 1)]),
        "INVALID_PARAMETER_VALUE",
        "Changing param values is not allowed. Params were already logged=",
    )
    same(client.get_run(run_id).data.params, {"k": "v"})
    expect(lambda: client.log_batch(run_id, params=[Param("d", "1"), Param("d", "1")]), "INVALID_PARAMETER_VALUE", "Duplicate parameter keys have been submitted: ['d']")


@step("a deleted run takes nothing")
def deleted_run(_folder):
    gone = client.create_run(experiment).info.run_id
    client.delete_run(gone)
    text = f"The run {gone} must be in the 'active' state. Current state is deleted."
    for action in [
        lambda: client.log_metric(gone, "m", 1),
        lambda: client.log_param(gone, "p", 1),
        lambda: client.set_tag(gone, "t", 1),
        lambda: client.log_batch(gone, metrics=[Metric("m", 1, 1, 1)]),
        lambda: client.set_terminated(gone),
    ]:
        expect(action, "INVALID_PARAMETER_VALUE", text)


@step("a batch over the limits is refused with the limit")
def large_batches(_folder):
    points = [{"key": "m", "value": 1, "timestamp": 1, "step": step} for step in range(1001)]
    status, body = post("runs/log-batch", {"run_id": run_id, "metrics": points})
    same((status, body["error_code"]), (400, "INVALID_PARAMETER_VALUE"))
    assert "A batch logging request can contain at most 1000 metrics. Got 1001 metrics." in body["message"], body
    same(post("runs/log-batch", {"run_id": run_id, "params": [{"key": f"p{index}", "value": "1"} for index in range(101)]})[0], 400)
    same(post("runs/log-batch", {"run_id": run_id, "tags": [{"key": f"t{index}", "value": "1"} for index in range(101)]})[0], 400)
    same(post("runs/log-batch", {"run_id": run_id})[0], 200)


@step("fields that are missing or no value of their kind are named")
def bad_fields(_folder):
    for path, body, text in [
        ("runs/log-metric", {"run_id": run_id, "key": "m", "timestamp": 1}, "Missing value for required parameter 'value'."),
        ("runs/log-metric", {"run_id": run_id, "key": "m", "value": "abc", "timestamp": 1}, "for parameter 'value' supplied"),
        ("runs/log-batch", {"run_id": run_id, "metrics": [{"key": "m", "value": 1, "step": 1}]}, "Missing value for required parameter 'metrics[0].timestamp'"),
        ("runs/search", {"experiment_ids": [experiment], "max_results": 0}, "max_results"),
        ("experiments/search", {}, "max_results"),
        ("experiments/create", {}, "Missing value for required parameter 'name'."),
    ]:
        status, reply = post(path, body)
        same((path, status, reply["error_code"]), (path, 400, "INVALID_PARAMETER_VALUE"))
        assert text in reply["message"], reply


@step("keys that could be mistaken for paths are refused")
def bad_keys(_folder):
    for key in ["a//b", "a/../b", "./a", "a/", "..", "/a", "a\x00b", "x" * 251, "semi;colon"]:
        for path, body in [
            ("runs/log-metric", {"key": key, "value": 1, "timestamp": 1}),
            ("runs/log-parameter", {"key": key, "value": "1"}),
            ("runs/set-tag", {"key": key, "value": "1"}),
        ]:
            same((key, path, post(path, {"run_id": run_id, **body})[0]), (key, path, 400))


@step("names of models that could be mistaken for addresses are refused")
def bad_names(_folder):
    for name in ["", " ", "a/b", "a:b", "..", "."]:
        same((name, post("registered-models/create", {"name": name})[0]), (name, 400))
    same(post("experiments/create", {"name": "x" * 501})[0], 400)


@step("addresses without an operation are plain 404, wrong methods 405")
def unknown_routes(_folder):
    same(requests.get(f"{url}/api/2.0/mlflow/nothing/here", timeout=30).status_code, 404)
    same(requests.get(f"{url}/api/2.0/mlflow/runs/create", timeout=30).status_code, 405)


@step("what does not read as JSON counts as an empty request, another content type is refused")
def bad_bodies(_folder):
    headers = {"content-type": "application/json"}
    reply = requests.post(f"{url}/api/2.0/mlflow/runs/search", data="notjson", headers=headers, timeout=30)
    same((reply.status_code, reply.json()), (200, {}))
    reply = requests.post(f"{url}/api/2.0/mlflow/runs/search", data="{}", headers={"content-type": "text/plain"}, timeout=30)
    same((reply.status_code, reply.json()["message"]), (400, "Bad Request. Content-Type must be one of ['application/json']."))


run_steps()
