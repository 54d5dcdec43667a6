"""Push features and read them online with an unmodified Feast client.

    pip install feast
    python docs/examples/read_features.py http://127.0.0.1:5000
"""

import json
import sys
import tempfile
from datetime import datetime, timedelta, timezone
from pathlib import Path
from urllib.request import Request, urlopen

import pandas as pd
from feast import Entity, FeatureStore, FeatureView, Field, FileSource, PushSource, ValueType
from feast.types import Float64, Int64

_, url = sys.argv


def define(path, definition):
    """The platform keeps definitions of its own: what a row holds, and for how long it is served."""
    urlopen(Request(f"{url}/capstan/v1/features/{path}", json.dumps(definition).encode(), method="PUT")).close()


define("entities/courier", {"joinKey": "courier_id", "valueType": "INT64"})
features = [{"name": "trips", "valueType": "INT64"}, {"name": "rating", "valueType": "DOUBLE"}]
define("views/courier_stats", {"entities": ["courier"], "features": features, "ttlSeconds": 86400, "pushSource": "courier_push"})

repository = Path(tempfile.mkdtemp())
(repository / "feature_store.yaml").write_text(
    f"""project: fleet
provider: local
registry: registry.db
online_store: {{ type: remote, path: {url} }}
entity_key_serialization_version: 3
"""
)
store = FeatureStore(repo_path=str(repository))
courier = Entity(name="courier", join_keys=["courier_id"], value_type=ValueType.INT64)
history = FileSource(name="history", path=str(repository / "history.parquet"), timestamp_field="event_timestamp")
pushed = PushSource(name="courier_push", batch_source=history)
view = FeatureView(
    name="courier_stats",
    entities=[courier],
    ttl=timedelta(days=1),
    schema=[Field(name="trips", dtype=Int64), Field(name="rating", dtype=Float64)],
    source=pushed,
)
store.apply([courier, pushed, view])

now = datetime.now(timezone.utc)
store.push("courier_push", pd.DataFrame({"courier_id": [7], "trips": [12], "rating": [4.8], "event_timestamp": [now]}))

read = store.get_online_features(features=["courier_stats:trips", "courier_stats:rating"], entity_rows=[{"courier_id": 7}, {"courier_id": 8}])
print(read.to_dict())
assert read.to_dict() == {"courier_id": [7, 8], "trips": [12, None], "rating": [4.8, None]}
