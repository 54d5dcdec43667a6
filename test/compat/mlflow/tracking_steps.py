"""Experiments, runs, metrics, params, tags and inputs through MLflow's own client."""

import math
import time

from steps import run_steps, same, step

import mlflow
import pandas as pd
from mlflow import MlflowClient
from mlflow.entities import Metric, Param, RunTag, ViewType

client = MlflowClient()
largest = 1.7976931348623157e308


@step("the default experiment is there from the start")
def default_experiment(_folder):
    found = mlflow.get_experiment("0")

    same((found.name, found.lifecycle_stage), ("Default", "active"))


@step("an experiment is made by its name and found by it again")
def experiment_by_name(_folder):
    made = mlflow.set_experiment("tracking")
    again = mlflow.set_experiment("tracking")

    same(again.experiment_id, made.experiment_id)
    same(mlflow.get_experiment_by_name("tracking").artifact_location, made.artifact_location)
    same(mlflow.get_experiment_by_name("never made"), None)


@step("an experiment is tagged, renamed, deleted and restored")
def experiment_changes(_folder):
    made = client.create_experiment("first name", tags={"team": "a", "note": "ünïcode ✓"})
    client.set_experiment_tag(made, "team", "b")
    client.delete_experiment_tag(made, "note")
    client.rename_experiment(made, "second name")

    found = client.get_experiment(made)
    same((found.name, found.tags), ("second name", {"team": "b"}))
    assert found.creation_time <= found.last_update_time
    run = client.create_run(made)
    client.delete_experiment(made)
    same(client.get_experiment(made).lifecycle_stage, "deleted")
    same(client.get_run(run.info.run_id).info.lifecycle_stage, "deleted")
    client.restore_experiment(made)
    same(client.get_experiment(made).lifecycle_stage, "active")
    same(client.get_run(run.info.run_id).info.lifecycle_stage, "active")


@step("runs are nested")
def nested_runs(_folder):
    with mlflow.start_run(run_name="parent") as parent:
        with mlflow.start_run(run_name="child", nested=True) as child:
            mlflow.log_param("depth", 1)

    found = client.get_run(child.info.run_id)
    same(found.data.tags["mlflow.parentRunId"], parent.info.run_id)
    same((found.info.run_name, found.data.params), ("child", {"depth": "1"}))
    same([found.info.status, client.get_run(parent.info.run_id).info.status], ["FINISHED", "FINISHED"])
    assert found.info.start_time <= found.info.end_time


@step("a run without a name is given one")
def generated_name(_folder):
    with mlflow.start_run() as run:
        pass

    name = client.get_run(run.info.run_id).info.run_name
    assert name.count("-") == 2, name
    same(client.get_run(run.info.run_id).data.tags["mlflow.runName"], name)


@step("a run that raises is kept as failed")
def failed_run(_folder):
    try:
        with mlflow.start_run() as run:
            raise RuntimeError("on purpose")
    except RuntimeError:
        pass

    same(client.get_run(run.info.run_id).info.status, "FAILED")


@step("a run is taken up again and ended once more")
def resumed_run(_folder):
    with mlflow.start_run() as run:
        mlflow.log_metric("m", 1)
    with mlflow.start_run(run_id=run.info.run_id):
        same(client.get_run(run.info.run_id).info.status, "RUNNING")
        mlflow.log_metric("m", 2, step=1)

    found = client.get_run(run.info.run_id)
    same((found.info.status, found.data.metrics), ("FINISHED", {"m": 2.0}))


@step("params are kept as text, hundreds at once, the longest cut at 6000 characters")
def params(_folder):
    with mlflow.start_run() as run:
        mlflow.log_param("a/b c.d-e:f", 0.1)
        mlflow.log_param("empty", "")
        mlflow.log_param("ключ", "значение 🎯")
        mlflow.log_params({f"p{index}": index for index in range(250)})
        mlflow.log_param("same", "x")
        mlflow.log_param("same", "x")
        mlflow.log_param("long", "y" * 7000)

    found = client.get_run(run.info.run_id).data.params
    same([found[key] for key in ("a/b c.d-e:f", "empty", "ключ", "p249", "same")], ["0.1", "", "значение 🎯", "249", "x"])
    same((len(found), len(found["long"])), (255, 6000))


@step("metrics that are no numbers come back as the wire has them")
def odd_numbers(_folder):
    with mlflow.start_run() as run:
        mlflow.log_metrics({"nan": math.nan, "inf": math.inf, "-inf": -math.inf, "tiny": 5e-324, "zero": 0, "big": 2**62})

    found = client.get_run(run.info.run_id).data.metrics
    assert math.isnan(found.pop("nan"))
    same(found, {"inf": largest, "-inf": -largest, "tiny": 5e-324, "zero": 0.0, "big": float(2**62)})
    [point] = client.get_metric_history(run.info.run_id, "nan")
    assert math.isnan(point.value)


@step("the latest value of a metric is that of the greatest step, then time, then value")
def latest_value(_folder):
    run_id = client.create_run(mlflow.get_experiment_by_name("tracking").experiment_id).info.run_id
    for value, timestamp, at in [(5, 100, 3), (9, 200, 1), (4, 100, 3), (7, 100, 3), (math.nan, 100, 3), (-3, 100, 3)]:
        client.log_metric(run_id, "m", value, timestamp, at)
    client.log_metric(run_id, "m", 7, 100, 3)

    same(client.get_run(run_id).data.metrics, {"m": 7.0})
    history = client.get_metric_history(run_id, "m")
    same(len(history), 6)
    same((history[-1].value, history[-1].step, history[-1].timestamp), (9.0, 1, 200))
    same(client.get_metric_history(run_id, "unknown"), [])


@step("a history longer than a page comes back whole and in order")
def long_history(_folder):
    run_id = client.create_run(mlflow.get_experiment_by_name("tracking").experiment_id).info.run_id
    count = 26_000
    for start in range(0, count, 1000):
        client.log_batch(run_id, [Metric("loss", 1 / (at + 1), 1_700_000_000_000 + at, at) for at in range(start, start + 1000)])

    history = client.get_metric_history(run_id, "loss")
    same([point.step for point in history], list(range(count)))
    same([point.value for point in history], [1 / (at + 1) for at in range(count)])


@step("a batch of a thousand is kept whole")
def full_batch(_folder):
    run_id = client.create_run(mlflow.get_experiment_by_name("tracking").experiment_id).info.run_id
    now = int(time.time() * 1000)
    client.log_batch(
        run_id,
        metrics=[Metric(f"m{index % 40}", index, now, index) for index in range(800)],
        params=[Param(f"p{index}", str(index)) for index in range(100)],
        tags=[RunTag(f"t{index}", str(index)) for index in range(100)],
    )

    found = client.get_run(run_id).data
    same((len(found.metrics), len(found.params)), (40, 100))
    same(found.metrics["m39"], 799.0)
    same([found.tags[f"t{index}"] for index in range(100)], [str(index) for index in range(100)])
    same(len(client.get_metric_history(run_id, "m0")), 20)


@step("tags are set, replaced and deleted, and the one of the name renames the run")
def tags(_folder):
    with mlflow.start_run(run_name="before", description="a *note*", tags={"kept": "1"}) as run:
        mlflow.set_tag("x", 1)
        mlflow.set_tags({"x": 2, "y": "long " * 1000, "gone": ""})
        mlflow.delete_tag("gone")
        mlflow.set_tag("mlflow.runName", "after")

    found = client.get_run(run.info.run_id)
    same((found.info.run_name, found.data.tags["mlflow.note.content"]), ("after", "a *note*"))
    same([found.data.tags.get(key) for key in ("kept", "x", "gone")], ["1", "2", None])
    same(len(found.data.tags["y"]), 5000)
    client.update_run(run.info.run_id, status="KILLED", name="last")
    found = client.get_run(run.info.run_id)
    same((found.info.status, found.info.run_name, found.data.tags["mlflow.runName"]), ("KILLED", "last", "last"))


@step("a deleted run is found by its id alone until it is restored")
def deleted_run(_folder):
    experiment = client.create_experiment("runs that go")
    run_id = client.create_run(experiment).info.run_id
    client.delete_run(run_id)
    client.delete_run(run_id)

    same(client.get_run(run_id).info.lifecycle_stage, "deleted")
    same([run.info.run_id for run in client.search_runs([experiment])], [])
    same([run.info.run_id for run in client.search_runs([experiment], run_view_type=ViewType.DELETED_ONLY)], [run_id])
    client.restore_run(run_id)
    same([run.info.run_id for run in client.search_runs([experiment])], [run_id])


@step("datasets are inputs of a run, each once")
def dataset_inputs(_folder):
    frame = pd.DataFrame({"x": [1.0, 2.0], "y": ["a", "b"]})
    dataset = mlflow.data.from_pandas(frame, source="https://example.org/x.csv", name="numbers", targets="y")
    with mlflow.start_run() as run:
        mlflow.log_input(dataset, context="training", tags={"quality": "good"})
        mlflow.log_input(dataset, context="training")
        mlflow.log_input(mlflow.data.from_pandas(frame.head(1), name="fewer"), context="test")

    inputs = {one.dataset.name: one for one in client.get_run(run.info.run_id).inputs.dataset_inputs}
    same(set(inputs), {"numbers", "fewer"})
    same((inputs["numbers"].dataset.digest, inputs["numbers"].dataset.source_type), (dataset.digest, "http"))
    same({tag.key: tag.value for tag in inputs["numbers"].tags}["mlflow.data.context"], "training")
    assert '"num_rows": 2' in inputs["numbers"].dataset.profile
    found = mlflow.search_runs(experiment_names=["tracking"], filter_string="datasets.name = 'fewer' AND datasets.context IN ('test')")
    same(list(found["run_id"]), [run.info.run_id])


@step("what is logged without waiting arrives")
def asynchronous(_folder):
    with mlflow.start_run() as run:
        for at in range(200):
            mlflow.log_metric("m", at, step=at, synchronous=False)
        mlflow.log_params({"p": 1, "q": 2}, synchronous=False)
        mlflow.set_tag("t", "1", synchronous=False).wait()
        mlflow.flush_async_logging()

    found = client.get_run(run.info.run_id).data
    same((found.metrics, found.params, found.tags["t"]), ({"m": 199.0}, {"p": "1", "q": "2"}, "1"))
    same(len(client.get_metric_history(run.info.run_id, "m")), 200)


run_steps()
