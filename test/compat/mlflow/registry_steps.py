"""Registered models, their versions, aliases and stages, through MLflow's own client."""

import os

from steps import refused, run_steps, same, step

import mlflow
import numpy as np
from mlflow import MlflowClient
from mlflow.entities.model_registry import RegisteredModelAlias
from sklearn.linear_model import LinearRegression

client = MlflowClient()
mlflow.set_experiment("registry")
made = {}


def predicted(uri):
    return round(float(mlflow.pyfunc.load_model(uri).predict(np.array([[4.0]]))[0]))


def line(slope):
    return LinearRegression().fit(np.array([[1.0], [2.0], [3.0]]), slope * np.array([1.0, 2.0, 3.0]))


def logged(slope, **options):
    with mlflow.start_run() as run:
        info = mlflow.sklearn.log_model(line(slope), name="line", pip_requirements=["scikit-learn"], **options)
    return run.info.run_id, info


def versions(filter_string, order_by=("version_number ASC",), **options):
    return [f"{one.name} {one.version}" for one in client.search_model_versions(filter_string, order_by=list(order_by), **options)]


@step("a model is registered as it is logged, from its run and from its own address")
def registered(_folder):
    run_id, info = logged(2, registered_model_name="line")
    made.update(run_id=run_id, model_id=info.model_id)
    same(str(info.registered_model_version), "1")
    second = mlflow.register_model(f"runs:/{run_id}/line", "line", tags={"from": "run"})
    _third_run, third_info = logged(3)
    third = mlflow.register_model(third_info.model_uri, "line")

    same([second.version, third.version, second.status, second.tags], ["2", "3", "READY", {"from": "run"}])
    same(second.run_id, run_id)
    assert made["model_id"] in client.get_model_version_download_uri("line", "2")
    same(client.get_registered_model("line").name, "line")


@step("a model is loaded by version, alias, stage, logged model, run and latest")
def loaded(_folder):
    client.set_registered_model_alias("line", "champion", "3")
    client.transition_model_version_stage("line", "1", "production")

    same(predicted("models:/line/1"), 8)
    same(predicted("models:/line@champion"), 12)
    same(predicted("models:/line/Production"), 8)
    same(predicted("models:/line/latest"), 12)
    same(predicted(f"models:/{made['model_id']}"), 8)
    same(predicted(f"runs:/{made['run_id']}/line"), 8)
    same(round(float(mlflow.sklearn.load_model("models:/line@champion").coef_[0])), 3)


@step("aliases move, are read from both sides and go")
def aliases(_folder):
    client.set_registered_model_alias("line", "champion", "1")
    client.set_registered_model_alias("line", "challenger", "2")
    client.set_registered_model_alias("line", "champion", "2")

    same(client.get_model_version_by_alias("line", "champion").version, "2")
    same(sorted(client.get_model_version("line", "2").aliases), ["challenger", "champion"])
    same(client.get_registered_model("line").aliases, {"champion": "2", "challenger": "2"})
    client.delete_registered_model_alias("line", "challenger")
    client.delete_registered_model_alias("line", "challenger")
    same(client.get_registered_model("line").aliases, {"champion": "2"})
    same(client.get_model_version_by_alias("line", "latest").version, "3")
    same(RegisteredModelAlias("champion", "2").version, "2")
    for alias in ("latest", "v1", "V23", "a b", ""):
        same((alias, refused(lambda alias=alias: client.set_registered_model_alias("line", alias, "1")).error_code), (alias, "INVALID_PARAMETER_VALUE"))
    same(refused(lambda: client.set_registered_model_alias("line", "other", "99")).error_code, "RESOURCE_DOES_NOT_EXIST")


@step("descriptions and tags of models and versions are set, replaced and removed")
def described(_folder):
    client.update_registered_model("line", "a *line*")
    client.update_model_version("line", "1", "the first ✓")
    client.set_registered_model_tag("line", "team", "a")
    client.set_registered_model_tag("line", "team", "b")
    client.set_model_version_tag("line", "1", "checked", "yes")
    client.set_model_version_tag("line", "1", "gone", "x" * 5000)
    client.delete_model_version_tag("line", "1", "gone")

    model, version = client.get_registered_model("line"), client.get_model_version("line", "1")
    same((model.description, model.tags), ("a *line*", {"team": "b"}))
    same((version.description, version.tags), ("the first ✓", {"checked": "yes"}))
    client.delete_registered_model_tag("line", "team")
    client.update_registered_model("line", "")
    model = client.get_registered_model("line")
    same((model.description or "", model.tags), ("", {}))
    assert model.creation_timestamp <= model.last_updated_timestamp


@step("stages move versions, and archive those that were there")
def stages(_folder):
    client.transition_model_version_stage("line", "2", "Staging")
    moved = client.transition_model_version_stage("line", "2", "Production", archive_existing_versions=True)

    same(moved.current_stage, "Production")
    same([client.get_model_version("line", version).current_stage for version in "123"], ["Archived", "Production", "None"])
    same([(one.version, one.current_stage) for one in client.get_latest_versions("line", ["Production", "None"])], [("2", "Production"), ("3", "None")])
    same(refused(lambda: client.transition_model_version_stage("line", "1", "Retired")).error_code, "INVALID_PARAMETER_VALUE")


@step("versions are searched by model, run, number and tag, in order and by page")
def version_search(_folder):
    same(versions("name = 'line'"), ["line 1", "line 2", "line 3"])
    same(versions(f"run_id = '{made['run_id']}'"), ["line 1", "line 2"])
    same(versions(f"run_id IN ('{made['run_id']}', 'other')"), ["line 1", "line 2"])
    same(versions("name LIKE 'li%' AND version_number > 1"), ["line 2", "line 3"])
    same(versions("name ILIKE 'LINE' AND version_number <= 2 AND version_number != 1"), ["line 2"])
    same(versions("tags.checked = 'yes'"), ["line 1"])
    same(versions("name IN ('line', 'other')", ["version_number DESC"]), ["line 3", "line 2", "line 1"])
    same(versions("name = 'nothing'"), [])
    page = client.search_model_versions("name = 'line'", max_results=2, order_by=["version_number ASC"])
    rest = client.search_model_versions("name = 'line'", max_results=2, order_by=["version_number ASC"], page_token=page.token)
    same([one.version for one in [*page, *rest]], ["1", "2", "3"])
    for query in ["version = 1", "name > 'a'", "version_number = '1'", "model_id = 'x'"]:
        same((query, refused(lambda query=query: versions(query)).error_code), (query, "INVALID_PARAMETER_VALUE"))


@step("models are searched by name and tag, in order and by page")
def model_search(_folder):
    for name, team in [("Find a", "red"), ("Find b", "blue"), ("Find c", "red")]:
        client.create_registered_model(name, tags={"team": team}, description=name)

    def found(filter_string=None, order_by=("name ASC",)):
        return [one.name for one in client.search_registered_models(filter_string, order_by=list(order_by))]

    for query, expected in {
        "name = 'Find a'": ["Find a"],
        "name LIKE 'Find%'": ["Find a", "Find b", "Find c"],
        "name ILIKE 'find _'": ["Find a", "Find b", "Find c"],
        "name != 'Find a' AND name LIKE 'Find%'": ["Find b", "Find c"],
        "tags.team = 'red'": ["Find a", "Find c"],
        "tags.team = 'red' AND name LIKE '%c'": ["Find c"],
        "tags.team LIKE 'b%'": ["Find b"],
    }.items():
        same((query, found(query)), (query, expected))
    same(found("name LIKE 'Find%'", ["name DESC"]), ["Find c", "Find b", "Find a"])
    same(found("name LIKE 'Find%'", ["timestamp ASC"]), ["Find a", "Find b", "Find c"])
    page = client.search_registered_models("name LIKE 'Find%'", max_results=2)
    rest = client.search_registered_models("name LIKE 'Find%'", max_results=2, page_token=page.token)
    same([one.name for one in [*page, *rest]], ["Find a", "Find b", "Find c"])
    same(refused(lambda: found("name = 'a' OR name = 'b'")).error_code, "INVALID_PARAMETER_VALUE")
    same(refused(lambda: found(order_by=["creation_timestamp"])).error_code, "INVALID_PARAMETER_VALUE")


@step("a deleted version's number is not given again, and its aliases go with it")
def deleted_version(_folder):
    client.set_registered_model_alias("line", "last", "3")
    client.delete_model_version("line", "3")
    fourth = client.create_model_version("line", f"models:/{made['model_id']}", description="again")

    same((fourth.version, fourth.description, fourth.run_id), ("4", "again", made["run_id"]))
    same(refused(lambda: client.get_model_version("line", "3")).error_code, "RESOURCE_DOES_NOT_EXIST")
    same(refused(lambda: client.get_model_version_by_alias("line", "last")).error_code, "INVALID_PARAMETER_VALUE")


@step("a copy of a version has the files of the first")
def copied(_folder):
    copy = client.copy_model_version("models:/line/1", "line copy")

    same((copy.name, copy.version), ("line copy", "1"))
    same(predicted("models:/line copy/1"), 8)


@step("a renamed model keeps its versions, and a deleted one leaves nothing")
def renamed(_folder):
    client.rename_registered_model("line", "ligne")

    same(versions("name = 'ligne'"), ["ligne 1", "ligne 2", "ligne 4"])
    same(client.get_model_version_by_alias("ligne", "champion").version, "2")
    same(refused(lambda: client.get_registered_model("line")).error_code, "RESOURCE_DOES_NOT_EXIST")
    client.delete_registered_model("ligne")
    same(versions("name = 'ligne'"), [])
    client.create_registered_model("line")
    same(client.search_model_versions("name = 'line'"), [])


@step("files outside of runs and models are no source of a version")
def foreign_sources(folder):
    client.create_registered_model("sources")
    secret = os.path.join(folder, "secret")
    run_id = made["run_id"]
    root = client.get_run(run_id).info.artifact_uri
    for source in [
        f"file://{secret}",
        secret,
        "../../etc/passwd",
        f"{root}/../../other",
        f"{root}/%2e%2e/x",
        "http://127.0.0.1/#/../../etc",
        "mlflow-artifacts:/../secrets.json",
        "runs:/" + "0" * 32 + "/x",
    ]:
        for tags in (None, {"mlflow.prompt.is_prompt": "true"}, {"mlflow.prompt.is_prompt": "false"}):
            error = refused(lambda source=source, tags=tags: client.create_model_version("sources", source, run_id, tags=tags))
            same((source, tags, error.error_code in ("INVALID_PARAMETER_VALUE", "RESOURCE_DOES_NOT_EXIST")), (source, tags, True))


run_steps()
