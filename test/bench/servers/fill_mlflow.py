"""Writes the bench's runs and points into an MLflow database in bulk, through MLflow's own models: over HTTP it would take ten minutes.

Reads {"uri", "artifacts", "experiment", "runs": [...], "history": {...}} from stdin, prints the ids of the experiment and of the run with the long history.
"""

import json
import sys

from mlflow.store.tracking.dbmodels.models import SqlLatestMetric, SqlMetric, SqlParam, SqlRun, SqlTag
from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore
from sqlalchemy import insert

document = json.load(sys.stdin)
store = SqlAlchemyStore(document["uri"], document["artifacts"])
experiment = store.create_experiment(document["experiment"])
empty = store.create_experiment(document["experiment"] + "-empty")


def run_row(run_id, run):
    return {
        "run_uuid": run_id,
        "name": run["name"],
        "source_type": "UNKNOWN",
        "source_name": "",
        "entry_point_name": "",
        "user_id": "bench",
        "status": "RUNNING",
        "start_time": run["startTime"],
        "end_time": None,
        "source_version": "",
        "lifecycle_stage": "active",
        "artifact_uri": f"{document['artifacts']}/{experiment}/{run_id}/artifacts",
        "experiment_id": int(experiment),
    }


def metric_row(run_id, key, value, timestamp, step):
    return {"run_uuid": run_id, "key": key, "value": value, "timestamp": timestamp, "step": step, "is_nan": False}


runs = [(f"{index:032x}", run) for index, run in enumerate(document["runs"], 1)]
metrics = [metric_row(run_id, key, value, run["startTime"], 1) for run_id, run in runs for key, value in run["metrics"].items()]
params = [{"run_uuid": run_id, "key": key, "value": value} for run_id, run in runs for key, value in run["params"].items()]
tags = [{"run_uuid": run_id, "key": key, "value": value} for run_id, run in runs for key, value in run["tags"].items()]

history = document["history"]
long_id = runs[0][0]
points = [metric_row(long_id, history["key"], (step * 7919 % 10007) / 10007, history["startTime"] + step, step) for step in range(history["points"])]

with store.ManagedSessionMaker() as session:
    session.execute(insert(SqlRun), [run_row(*run) for run in runs])
    session.execute(insert(SqlMetric), metrics)
    session.execute(insert(SqlLatestMetric), metrics)
    session.execute(insert(SqlParam), params)
    session.execute(insert(SqlTag), tags)
    session.execute(insert(SqlMetric), points)
    session.execute(insert(SqlLatestMetric), points[-1:])

print(json.dumps({"experimentId": experiment, "emptyId": empty, "historyRunId": long_id}))
