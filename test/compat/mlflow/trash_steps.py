"""Experiments that are removed for good, as MLflow's own client sees them."""

import time
import urllib.request

from steps import run_steps, same, step

import mlflow
from mlflow import MlflowClient
from mlflow.exceptions import MlflowException

client = MlflowClient()


def remove(experiment_id):
    url = f"{mlflow.get_tracking_uri()}/capstan/v1/trash/experiments/{experiment_id}"
    with urllib.request.urlopen(urllib.request.Request(url, method="DELETE")) as reply:
        same(reply.status, 200)


def code_of(ask):
    try:
        ask()
    except MlflowException as refused:
        return refused.error_code
    return "answered"


def soon(expected, ask):
    """What a process remembers for a second may be answered that long."""
    for _ in range(50):
        if code_of(ask) == expected:
            return
        time.sleep(0.1)
    same(code_of(ask), expected)


@step("the name of a deleted experiment is free once it is removed for good")
def name_is_free(_folder):
    first = client.create_experiment("reused")
    run = client.create_run(first)
    client.log_metric(run.info.run_id, "loss", 1)
    client.log_text(run.info.run_id, "hello", "notes.txt")
    client.delete_experiment(first)
    same(code_of(lambda: client.create_experiment("reused")), "RESOURCE_ALREADY_EXISTS")

    remove(first)

    second = mlflow.set_experiment("reused").experiment_id
    assert second != first
    same(client.search_runs([second]), [])


@step("nothing of a removed experiment is found any more")
def nothing_is_found(_folder):
    made = client.create_experiment("removed")
    run_id = client.create_run(made).info.run_id
    client.log_text(run_id, "hello", "notes.txt")
    client.delete_experiment(made)

    remove(made)

    missing = "RESOURCE_DOES_NOT_EXIST"
    soon(missing, lambda: client.get_experiment(made))
    soon(missing, lambda: client.get_run(run_id))
    soon(missing, lambda: client.log_metric(run_id, "loss", 1))
    soon(missing, lambda: client.list_artifacts(run_id))
    soon(missing, lambda: client.create_run(made))
    soon(missing, lambda: client.restore_experiment(made))
    same(client.get_experiment_by_name("removed"), None)


run_steps()
