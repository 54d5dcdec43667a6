"""Checks model folders with the stock clients: onnx's checker, and MLflow loading and running them.

Takes folders as arguments; each holds the model's files and cases.json: input columns, and the predictions that must come out.
Prints one JSON document: for each folder what went wrong, null where nothing did.
"""

import json
import sys
from pathlib import Path

import mlflow
import numpy as np
import onnx
import pandas as pd
from mlflow.models import Model


def feeds(signature, columns):
    inputs = signature.inputs.to_dict()
    if len(inputs) == 1 and len(inputs[0]["tensor-spec"]["shape"]) == 2:
        return {inputs[0]["name"]: np.array([c["values"] for c in columns], dtype="float32").T}
    return {c["name"]: np.array(c["values"], dtype="float32" if c["kind"] == "number" else object) for c in columns}


def check(folder):
    onnx.checker.check_model(str(folder / "model.onnx"), full_check=True)
    written = onnx.load(str(folder / "model.onnx"))
    properties = {prop.key: prop.value for prop in written.metadata_props}
    assert properties["producer"] == "capstan" and json.loads(properties["signature"])["featureNames"], properties

    cases = json.loads((folder / "cases.json").read_text())
    # JSON has no NaN: null is a missing number.
    columns = [
        {**c, "values": [np.nan if v is None else v for v in c["values"]] if c["kind"] == "number" else c["values"]} for c in cases["columns"]
    ]
    described = Model.load(str(folder))
    assert set(described.flavors) == {"onnx", "python_function"}, described.flavors
    loaded = mlflow.pyfunc.load_model(str(folder))
    assert mlflow.onnx.load_model(str(folder)).graph.node

    answers = [loaded.predict(feeds(described.signature, columns))]
    if len(described.signature.inputs.input_names()) > 1:
        answers.append(loaded.predict(pd.DataFrame({c["name"]: c["values"] for c in columns})))
    for answer in answers:
        np.testing.assert_allclose(np.asarray(answer[cases["output"]]).reshape(-1), cases["expected"], rtol=1e-5, atol=1e-5)
        if "labels" in cases:
            assert [str(label) for label in answer["label"]] == cases["labels"]


def outcome(folder):
    try:
        check(Path(folder))
    except Exception as error:  # noqa: BLE001
        return f"{type(error).__name__}: {error}"


json.dump({Path(folder).name: outcome(folder) for folder in sys.argv[1:]}, sys.stdout)
