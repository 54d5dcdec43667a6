"""Files of runs, and logged models, through MLflow's own client."""

import os

from steps import run_steps, same, step

import matplotlib.pyplot as plt
import mlflow
import numpy as np
import pandas as pd
from mlflow import MlflowClient
from sklearn.linear_model import LinearRegression

client = MlflowClient()
mlflow.set_experiment("artifacts")
# The client itself cuts names at # and ?, and reads % as an escape.
odd = "a b+é &=.txt"
line = LinearRegression().fit(np.array([[1.0], [2.0], [3.0]]), np.array([2.0, 4.0, 6.0]))
made = {}


def text_of(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def write(folder, path, text):
    full = os.path.join(folder, path)
    os.makedirs(os.path.dirname(full), exist_ok=True)
    with open(full, "w", encoding="utf-8") as file:
        file.write(text)
    return full


@step("files with odd names are logged, listed and downloaded")
def odd_names(folder):
    names = [odd, "Übung 統計 🎯.txt", "semi;colon,comma.txt", "plus+plus.txt", "(brackets) [x] {y}.txt"]
    with mlflow.start_run() as run:
        for name in names:
            mlflow.log_artifact(write(folder, name, f"content of {name}"), "odd")

    same({entry.path for entry in client.list_artifacts(run.info.run_id, "odd")}, {f"odd/{name}" for name in names})
    for name in names:
        same(text_of(client.download_artifacts(run.info.run_id, f"odd/{name}", folder)), f"content of {name}")


@step("a folder is logged with all below it and downloaded the same")
def folders(folder):
    source = os.path.join(folder, "source")
    for path in ("top.txt", f"sub/{odd}", "sub/deeper/x.json"):
        write(source, path, path)
    with mlflow.start_run() as run:
        mlflow.log_artifacts(source, "tree")

    target = os.path.join(folder, "target")
    os.makedirs(target)
    at = client.download_artifacts(run.info.run_id, "tree", target)
    same([text_of(os.path.join(at, path)) for path in ("top.txt", f"sub/{odd}", "sub/deeper/x.json")], ["top.txt", f"sub/{odd}", "sub/deeper/x.json"])
    whole = client.download_artifacts(run.info.run_id, "")
    same(text_of(os.path.join(whole, "tree", "top.txt")), "top.txt")


@step("a list shows one level, folders without a size, and nothing below a file")
def lists(_folder):
    with mlflow.start_run() as run:
        mlflow.log_text("four", "a/b/c.txt")
        mlflow.log_text("", "empty.txt")

    found = [(entry.path, entry.is_dir, entry.file_size) for entry in client.list_artifacts(run.info.run_id)]
    same(sorted(found), [("a", True, None), ("empty.txt", False, 0)])
    same([(entry.path, entry.file_size) for entry in client.list_artifacts(run.info.run_id, "a/b")], [("a/b/c.txt", 4)])
    same(client.list_artifacts(run.info.run_id, "empty.txt"), [])
    same(client.list_artifacts(run.info.run_id, "not/there"), [])


@step("text, dictionaries, figures and images are logged")
def typed_files(_folder):
    with mlflow.start_run() as run:
        mlflow.log_text("ünïcode ✓", "notes/text.txt")
        mlflow.log_dict({"a": [1, None, "é"]}, "d.json")
        mlflow.log_dict({"a": 1}, "d.yaml")
        figure, axes = plt.subplots()
        axes.plot([1, 2], [3, 4])
        mlflow.log_figure(figure, "figures/plot.png")
        mlflow.log_image(np.zeros((4, 4, 3), dtype=np.uint8), "image.png")
        mlflow.log_image(np.zeros((4, 4, 3), dtype=np.uint8), key="steps/k", step=3)

    root = run.info.artifact_uri
    same(mlflow.artifacts.load_text(f"{root}/notes/text.txt"), "ünïcode ✓")
    same(mlflow.artifacts.load_dict(f"{root}/d.json"), {"a": [1, None, "é"]})
    same(mlflow.artifacts.load_image(f"{root}/image.png").size, (4, 4))
    assert len(client.list_artifacts(run.info.run_id, "figures")) == 1
    stepped = [entry.path for entry in client.list_artifacts(run.info.run_id, "images")]
    assert stepped and all("steps" in path for path in stepped), stepped


@step("tables grow row by row and are loaded from one run or all")
def tables(_folder):
    with mlflow.start_run() as first:
        mlflow.log_table({"x": [1, 2], "y": ["p", "q"]}, "tab.json")
        mlflow.log_table(pd.DataFrame({"x": [3], "y": ["r"]}), "tab.json")
    with mlflow.start_run():
        mlflow.log_table({"x": [4], "y": ["s"]}, "tab.json")

    same(list(mlflow.load_table("tab.json", run_ids=[first.info.run_id])["x"]), [1, 2, 3])
    every = mlflow.load_table("tab.json", extra_columns=["run_id"])
    same(sorted(every["x"]), [1, 2, 3, 4])
    same(every["run_id"].nunique(), 2)


@step("a file is replaced, and a large one survives byte for byte")
def replaced(folder):
    content = os.urandom(8 * 1024 * 1024 + 7)
    path = os.path.join(folder, "weights.bin")
    with mlflow.start_run() as run:
        with open(path, "wb") as file:
            file.write(b"old")
        mlflow.log_artifact(path)
        with open(path, "wb") as file:
            file.write(content)
        mlflow.log_artifact(path)

    os.remove(path)
    with open(client.download_artifacts(run.info.run_id, "weights.bin", folder), "rb") as file:
        assert file.read() == content


@step("a model is logged and loaded from its run and by its id")
def logged_model(_folder):
    with mlflow.start_run() as run:
        model = mlflow.sklearn.log_model(line, name="line", input_example=np.array([[1.0]]), params={"depth": 3})
        mlflow.log_metric("rmse", 0.25, model_id=model.model_id)
    made.update(run_id=run.info.run_id, model_id=model.model_id)

    for uri in (f"runs:/{run.info.run_id}/line", f"models:/{model.model_id}", model.model_uri):
        same(round(float(mlflow.pyfunc.load_model(uri).predict(np.array([[4.0]]))[0])), 8)
    same([output.model_id for output in client.get_run(run.info.run_id).outputs.model_outputs], [model.model_id])
    found = mlflow.get_logged_model(model.model_id)
    same((found.status.value, found.source_run_id, found.params["depth"]), ("READY", run.info.run_id, "3"))
    same([(metric.key, metric.value, metric.run_id) for metric in found.metrics], [("rmse", 0.25, run.info.run_id)])
    info = mlflow.models.get_model_info(f"runs:/{run.info.run_id}/line")
    same(info.signature.inputs.inputs[0].type.kind, "f")


@step("a folder of a model's files is downloaded by the model's address")
def model_files(folder):
    at = mlflow.artifacts.download_artifacts(f"models:/{made['model_id']}", dst_path=folder)
    assert "MLmodel" in os.listdir(at)
    same({entry.path for entry in client.list_logged_model_artifacts(made["model_id"])} >= {"MLmodel", "requirements.txt"}, True)
    listed = [entry.path for entry in mlflow.artifacts.list_artifacts(f"runs:/{made['run_id']}/line")]
    assert any(path.endswith("MLmodel") for path in listed), listed


@step("models logged elsewhere are tagged, finished, searched and deleted")
def external_models(_folder):
    experiment = client.create_experiment("external models")
    ids = {}
    for name, kind, value in [("one", "agent", 0.1), ("two", "agent", 0.3), ("three", "tool", 0.2)]:
        model = client.create_logged_model(experiment, name=name, model_type=kind, params={"size": name}, tags={"team": kind})
        run = client.create_run(experiment)
        client.log_metric(run.info.run_id, "score", value, model_id=model.model_id)
        client.finalize_logged_model(model.model_id, "READY" if name != "three" else "FAILED")
        ids[name] = model.model_id

    def names(filter_string=None, order_by=None, max_results=None):
        found = client.search_logged_models([experiment], filter_string, max_results=max_results, order_by=order_by)
        return [model.name for model in found]

    by_name = [{"field_name": "name", "ascending": True}]
    for filter_string, expected in [
        (None, ["one", "three", "two"]),
        ("name = 'one'", ["one"]),
        ("name != 'one'", ["three", "two"]),
        ("name LIKE 't%'", ["three", "two"]),
        ("name ILIKE 'T%'", ["three", "two"]),
        ("name IN ('one', 'two')", ["one", "two"]),
        ("name NOT IN ('one', 'two')", ["three"]),
        ("model_type = 'agent' AND metrics.score > 0.1", ["two"]),
        ("metrics.score <= 0.2", ["one", "three"]),
        ("params.size = 'three'", ["three"]),
        ("tags.team = 'agent'", ["one", "two"]),
        (f"model_id = '{ids['two']}'", ["two"]),
        ("creation_timestamp > 0", ["one", "three", "two"]),
        ("status = 'LOGGED_MODEL_READY'", ["one", "two"]),
    ]:
        assert names(filter_string, by_name) == expected, f"{filter_string}: {names(filter_string, by_name)}"
    same(names(order_by=[{"field_name": "metrics.score", "ascending": False}]), ["two", "three", "one"])
    page = client.search_logged_models([experiment], max_results=2, order_by=by_name)
    rest = client.search_logged_models([experiment], max_results=2, order_by=by_name, page_token=page.token)
    same([model.name for model in [*page, *rest]], ["one", "three", "two"])
    client.set_logged_model_tags(ids["one"], {"a": "b"})
    client.delete_logged_model_tag(ids["one"], "team")
    same(client.get_logged_model(ids["one"]).tags, {"a": "b"})
    client.delete_logged_model(ids["one"])
    same(names(order_by=by_name), ["three", "two"])


run_steps()
