"""A training script as its author wrote it for SageMaker: data in, ONNX model out."""
import argparse
import csv
import json
import os

import numpy as np
from onnx import TensorProto, helper, numpy_helper, save

parser = argparse.ArgumentParser()
parser.add_argument("--slope", type=float, required=True)
parser.add_argument("--model-dir", default=os.environ["SM_MODEL_DIR"])
parser.add_argument("--train", default=os.environ["SM_CHANNEL_TRAIN"])
args = parser.parse_args()

with open(os.path.join(args.train, "points.csv")) as file:
    rows = [[float(value) for value in row] for row in csv.reader(file)]
print(f"rows={len(rows)}")

if args.slope < 0:
    raise ValueError(f"slope must not be negative, got {args.slope}")

weights = numpy_helper.from_array(np.array([[args.slope]], dtype=np.float32), "w")
graph = helper.make_graph(
    [helper.make_node("MatMul", ["x", "w"], ["y"])],
    "line",
    [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", 1])],
    [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["n", 1])],
    [weights],
)
save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), os.path.join(args.model_dir, "line.onnx"))
with open(os.path.join(os.environ["SM_OUTPUT_DATA_DIR"], "seen.json"), "w") as file:
    json.dump({"rows": len(rows), "hyperparameters": json.loads(os.environ["SM_HPS"]), "cwd": os.path.basename(os.getcwd())}, file)
