"""Every operator of the search language of experiments and runs, through MLflow's own client."""

import math

from steps import refused, run_steps, same, step

import mlflow
from mlflow import MlflowClient
from mlflow.entities import Metric, Param, RunTag, ViewType

client = MlflowClient()
base = 1_700_000_000_000
experiment = client.create_experiment("searched")
# name: (start, metrics, params, tags, status)
table = {
    "ant": (1, {"acc": 0.5, "val/loss": 2}, {"lr": "0.1", "opt": "SGD"}, {"team": "red", "a b": "x"}, "FINISHED"),
    "bee": (2, {"acc": 0.7}, {"lr": "0.01", "opt": "Adam"}, {"team": "blue"}, "FINISHED"),
    "cat": (3, {"acc": 0.9, "val/loss": -1e300}, {"lr": "0.01", "opt": "adamw"}, {"team": "Blue"}, "FAILED"),
    "dog": (4, {"acc": math.nan}, {"opt": "100%_sure"}, {}, "RUNNING"),
    "eel": (5, {}, {"it": "it's"}, {"quoted": 'say "hi"'}, "KILLED"),
}
ids = {}
for name, (start, metrics, params, tags, status) in table.items():
    run = client.create_run(experiment, start_time=base + start, run_name=name)
    client.log_batch(
        run.info.run_id,
        [Metric(key, value, base, 0) for key, value in metrics.items()],
        [Param(key, value) for key, value in params.items()],
        [RunTag(key, value) for key, value in tags.items()],
    )
    if status != "RUNNING":
        client.set_terminated(run.info.run_id, status, end_time=base + 100 - start)
    ids[name] = run.info.run_id
gone = client.create_run(experiment, start_time=base + 6, run_name="fox").info.run_id
client.delete_run(gone)


def names(filter_string="", order_by=("attributes.start_time ASC",), **options):
    found = client.search_runs([experiment], filter_string, order_by=list(order_by), **options)
    return " ".join(run.info.run_name for run in found)


def check(cases):
    wrong = [f"{query!r} finds {names(query)!r}, not {expected!r}" for query, expected in cases.items() if names(query) != expected]
    assert not wrong, "\n".join(wrong)


@step("metrics are compared as numbers, with every operator")
def metrics(_folder):
    check(
        {
            "metrics.acc = 0.5": "ant",
            "metrics.acc != 0.5": "bee cat dog",
            "metrics.acc > 0.5": "bee cat",
            "metrics.acc >= 0.7": "bee cat",
            "metrics.acc < 0.9": "ant bee",
            "metrics.acc <= 0.5": "ant",
            "metric.acc > 0.5 and metric.acc < 0.9": "bee",
            "metrics.`val/loss` = -1e300": "cat",
            'metrics."val/loss" > 0': "ant",
            "metrics.never != 1": "",
        }
    )


@step("params and tags are compared as text, with every operator")
def text(_folder):
    check(
        {
            "params.lr = '0.01'": "bee cat",
            'param.lr = "0.01"': "bee cat",
            "params.lr != '0.01'": "ant",
            "params.opt LIKE 'ad%'": "cat",
            "params.opt ILIKE 'ad%'": "bee cat",
            "params.opt like '_dam'": "bee",
            "params.opt LIKE '100%'": "dog",
            'params.it = "it\'s"': "eel",
            "params.lr IS NULL": "dog eel",
            "params.lr IS NOT NULL": "ant bee cat",
            "parameters.opt = 'SGD' AND tags.team = 'red'": "ant",
            "tags.team = 'blue'": "bee",
            "tags.team != 'blue'": "ant cat",
            "tags.team ILIKE 'BLUE'": "bee cat",
            "tags.`a b` = 'x'": "ant",
            "tags.quoted = 'say \"hi\"'": "eel",
            "tag.team is null": "dog eel",
            "tags.mlflow.runName = 'bee'": "bee",
        }
    )


@step("attributes of runs are compared by their kind")
def attributes(_folder):
    check(
        {
            "run_name = 'ant'": "ant",
            "attributes.run_name LIKE '_ee'": "bee",
            "attr.`run name` = 'cat'": "cat",
            "status = 'FAILED'": "cat",
            "attributes.status != 'FINISHED'": "cat dog eel",
            f"attributes.run_id = '{ids['dog']}'": "dog",
            f"run_id IN ('{ids['ant']}', '{ids['eel']}')": "ant eel",
            f"run_id NOT IN ('{ids['ant']}', '{ids['eel']}')": "bee cat dog",
            f"attributes.start_time >= {base + 4}": "dog eel",
            f"created < {base + 2}": "ant",
            f"end_time <= {base + 97}": "cat eel",
            f"artifact_uri LIKE '%{ids['bee']}%'": "bee",
            "": "ant bee cat dog eel",
        }
    )


@step("runs come in the order that is asked for, missing values last, NaN before them")
def order(_folder):
    for order_by, expected in [
        (["metrics.acc ASC"], "ant bee cat dog eel"),
        (["metrics.acc DESC"], "cat bee ant dog eel"),
        (["params.lr", "attributes.start_time DESC"], "cat bee ant eel dog"),
        (["tags.team desc", "start_time"], "ant bee cat dog eel"),
        (["attributes.end_time"], "eel cat bee ant dog"),
        (["run_name DESC"], "eel dog cat bee ant"),
        (["metrics.`val/loss` DESC", "run_name"], "ant cat bee dog eel"),
        ([], "eel dog cat bee ant"),
    ]:
        got = names(order_by=order_by)
        assert got == expected, f"{order_by}: {got}"


@step("runs come by page, each once, and by their stage of life")
def pages(_folder):
    seen, token = [], None
    while True:
        page = client.search_runs([experiment], max_results=2, order_by=["metrics.acc DESC"], page_token=token)
        seen += [run.info.run_name for run in page]
        token = page.token
        if not token:
            break
    same(seen, ["cat", "bee", "ant", "dog", "eel"])
    same(names(run_view_type=ViewType.DELETED_ONLY), "fox")
    same(names(run_view_type=ViewType.ALL), "ant bee cat dog eel fox")
    same(list(client.search_runs([])), [])


@step("a table of runs has a column for each metric, param and tag")
def frame(_folder):
    found = mlflow.search_runs([experiment], order_by=["start_time ASC"])

    same(list(found["tags.mlflow.runName"]), ["ant", "bee", "cat", "dog", "eel"])
    same(list(found["metrics.acc"])[:3], [0.5, 0.7, 0.9])
    same(found["params.lr"][3], None)
    same(len(mlflow.search_runs([experiment], max_results=3, output_format="list")), 3)


@step("filters that the language does not have are refused as bad input")
def bad_filters(_folder):
    for query in [
        "metrics.acc = '0.5'",
        "metrics.acc LIKE '1'",
        "params.lr = 0.1",
        "params.lr > '0.1'",
        "params.lr IN ('0.1')",
        "METRICS.acc = 1",
        "metrics.acc == 1",
        "metrics.acc <> 1",
        "metrics.acc = 1 OR metrics.acc = 2",
        "NOT metrics.acc = 1",
        "(metrics.acc = 1)",
        "metrics.acc = 1; metrics.acc = 2",
        "unknown.acc = 1",
        "attributes.lifecycle_stage = 'active'",
        "attributes.start_time = 'x'",
        "metrics.acc",
        "metrics.acc = ",
        "params.lr = '0.1",
        " ",
    ]:
        same((query, refused(lambda query=query: names(query)).error_code), (query, "INVALID_PARAMETER_VALUE"))
    for order_by in ["metrics.acc ASC NULLS LAST", "unknown.acc", "attributes.nothing", "metrics.acc SIDEWAYS"]:
        same((order_by, refused(lambda order_by=order_by: names(order_by=[order_by])).error_code), (order_by, "INVALID_PARAMETER_VALUE"))
    same(refused(lambda: client.search_runs([experiment], page_token="bad")).error_code, "INVALID_PARAMETER_VALUE")
    same(refused(lambda: client.search_runs([experiment], max_results=50_001)).error_code, "INVALID_PARAMETER_VALUE")


@step("experiments are searched by name, time and tag, in order and by page")
def experiments(_folder):
    made = [client.create_experiment(f"Find {name}", tags={"hue": hue}) for name, hue in [("a", "red"), ("b", "blue"), ("c", "red")]]
    client.delete_experiment(made[2])

    def found(filter_string, order_by=("name ASC",), **options):
        return [one.name for one in client.search_experiments(filter_string=filter_string, order_by=list(order_by), **options)]

    for query, expected in {
        "name = 'Find a'": ["Find a"],
        "name != 'Find a' AND name LIKE 'Find%'": ["Find b"],
        "name LIKE 'Find%'": ["Find a", "Find b"],
        "name ILIKE 'find%'": ["Find a", "Find b"],
        "attribute.name ILIKE 'find b'": ["Find b"],
        "tags.hue = 'red' AND name LIKE 'Find%'": ["Find a"],
        "tags.hue != 'red'": ["Find b"],
        "tags.hue LIKE '%u%'": ["Find b"],
        "tags.hue IS NOT NULL AND name LIKE 'Find%'": ["Find a", "Find b"],
        f"experiment_id IN ('{made[0]}', '{made[1]}')": ["Find a", "Find b"],
        "creation_time > 0 AND name = 'Find b'": ["Find b"],
        "last_update_time < 1": [],
    }.items():
        same((query, found(query)), (query, expected))
    same(found("name LIKE 'Find%'", ["creation_time DESC"]), ["Find b", "Find a"])
    same(found("name LIKE 'Find%'", view_type=ViewType.DELETED_ONLY), ["Find c"])
    same(found("name LIKE 'Find%'", ["experiment_id DESC"], view_type=ViewType.ALL), ["Find c", "Find b", "Find a"])
    page = client.search_experiments(filter_string="name LIKE 'Find%'", max_results=1, order_by=["name ASC"])
    rest = client.search_experiments(filter_string="name LIKE 'Find%'", max_results=1, order_by=["name ASC"], page_token=page.token)
    same([one.name for one in [*page, *rest]], ["Find a", "Find b"])
    same(len(mlflow.search_experiments()) >= 4, True)
    for query in ["name > 'a'", "unknown = 'a'", "tags.hue IN ('red')", "name = 'a' OR name = 'b'"]:
        same((query, refused(lambda query=query: found(query)).error_code), (query, "INVALID_PARAMETER_VALUE"))


run_steps()
