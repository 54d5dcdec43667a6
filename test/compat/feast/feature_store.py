"""Reads and writes features with an unmodified Feast client. Prints one JSON document. Usage: feature_store.py URL FOLDER"""

import json
import sys
import warnings
from datetime import datetime, timedelta, timezone
from pathlib import Path

warnings.filterwarnings("ignore")

import pandas as pd  # noqa: E402
from feast import Entity, FeatureService, FeatureStore, FeatureView, Field, FileSource, PushSource, ValueType  # noqa: E402
from feast.types import Array, Bool, Float32, Float64, Int64, String, UnixTimestamp  # noqa: E402

url, folder = sys.argv[1], Path(sys.argv[2])
(folder / "feature_store.yaml").write_text(
    f"""project: compat
provider: local
registry: {folder}/registry.db
online_store:
  type: remote
  path: {url}
offline_store:
  type: file
entity_key_serialization_version: 3
"""
)
store = FeatureStore(repo_path=str(folder))

driver = Entity(name="driver", join_keys=["driver_id"], value_type=ValueType.INT64)
city = Entity(name="city", join_keys=["city"], value_type=ValueType.STRING)
source = FileSource(name="driver_source", path=str(folder / "driver.parquet"), timestamp_field="event_timestamp", created_timestamp_column="created")
push = PushSource(name="driver_push", batch_source=source)
driver_stats = FeatureView(
    name="driver_stats",
    entities=[driver],
    ttl=timedelta(days=1),
    schema=[
        Field(name="conv_rate", dtype=Float64),
        Field(name="acc", dtype=Float32),
        Field(name="trips", dtype=Int64),
        Field(name="city_name", dtype=String),
        Field(name="active", dtype=Bool),
        Field(name="emb", dtype=Array(Float64)),
        Field(name="last_seen", dtype=UnixTimestamp),
    ],
    source=push,
)
route = FeatureView(
    name="route_stats",
    entities=[driver, city],
    ttl=timedelta(0),
    schema=[Field(name="score", dtype=Float64)],
    source=FileSource(name="route_source", path=str(folder / "driver.parquet"), timestamp_field="event_timestamp"),
)
service = FeatureService(name="eta", features=[driver_stats[["trips", "conv_rate"]], route])

now = datetime.now(timezone.utc).replace(microsecond=0)


def rows(trips, at, drivers=(1001,)):
    return pd.DataFrame(
        {
            "driver_id": list(drivers),
            "event_timestamp": [at] * len(drivers),
            "created": [at] * len(drivers),
            "conv_rate": [0.5] * len(drivers),
            "acc": [1.0] * len(drivers),
            "trips": [trips] * len(drivers),
            "city_name": ["zürich"] * len(drivers),
            "active": [True] * len(drivers),
            "emb": [[1.0, 2.5]] * len(drivers),
            "last_seen": [datetime(2026, 1, 1, tzinfo=timezone.utc)] * len(drivers),
        }
    )


rows(1, now).to_parquet(folder / "driver.parquet")
store.apply([driver, city, source, push, driver_stats, route, service])


def read(features, entities, **options):
    return store.get_online_features(features=features, entity_rows=entities, **options).to_dict()


def refused(work):
    try:
        work()
        return "nothing"
    except Exception as error:  # the class is what is looked at
        return f"{type(error).__name__}: {error}"


every = [f"driver_stats:{field.name}" for field in driver_stats.schema if field.name != "driver_id"]
report = {}
store.push("driver_push", rows(7, now))
report["pushed"] = read(every, [{"driver_id": 1001}])
store.push("driver_push", rows(3, now - timedelta(hours=1)))
report["after_older_push"] = read(["driver_stats:trips"], [{"driver_id": 1001}])
store.write_to_online_store("driver_stats", rows(9, now + timedelta(seconds=1)))
report["after_newer_write"] = read(["driver_stats:trips"], [{"driver_id": 1001}])
store.write_to_online_store("driver_stats", rows(4, now - timedelta(days=2), drivers=(1002,)))
report["mixed"] = read(["driver_stats:trips"], [{"driver_id": 1001}, {"driver_id": 1002}, {"driver_id": 9999}, {"driver_id": 1001}])
report["full_names"] = read(["driver_stats:trips"], [{"driver_id": 1001}], full_feature_names=True)
store.write_to_online_store("route_stats", pd.DataFrame({"driver_id": [1001], "city": ["a b|c"], "event_timestamp": [now], "score": [0.25]}))
report["service"] = read(store.get_feature_service("eta"), [{"driver_id": 1001, "city": "a b|c"}, {"driver_id": 1001, "city": "x"}])
report["protos"] = [
    [int(status) for status in result.statuses]
    for result in store.get_online_features(features=["driver_stats:trips"], entity_rows=[{"driver_id": 1001}, {"driver_id": 1002}, {"driver_id": 9999}]).proto.results
]
report["unknown_view"] = refused(lambda: read(["nope:trips"], [{"driver_id": 1}]))
report["missing_key"] = refused(lambda: read(["route_stats:score"], [{"driver_id": 1}]))
store.materialize_incremental(end_date=datetime.now(timezone.utc), feature_views=["driver_stats"])
report["materialized"] = read(["driver_stats:trips"], [{"driver_id": 2001}])
print(json.dumps(report))
