"""Trains a classifier with numpy alone and leaves it as ONNX: what a training script of the pipeline has to do."""

import argparse
import glob
import json
import os

import numpy
import pandas
from onnx import TensorProto, checker, helper, numpy_helper, save

parser = argparse.ArgumentParser()
parser.add_argument("--rounds", type=int, default=400)
parser.add_argument("--rate", type=float, default=0.5)
args = parser.parse_args()

# The training rows are in the channel `train`; what to predict is in the environment.
table = pandas.concat(pandas.read_parquet(file) for file in glob.glob(f"{os.environ['SM_CHANNEL_TRAIN']}/*.parquet"))
target = table.pop(os.environ["CAPSTAN_TARGET"])
features = table.drop(columns=json.loads(os.environ["CAPSTAN_IGNORED_COLUMNS"]), errors="ignore").select_dtypes("number")

x = features.to_numpy(dtype="float64")
mean, scale = x.mean(axis=0), x.std(axis=0) + 1e-9
x = (x - mean) / scale
classes, codes = numpy.unique(target, return_inverse=True)
truth = numpy.eye(len(classes))[codes]
weights, bias = numpy.zeros((x.shape[1], len(classes))), numpy.zeros(len(classes))
for _ in range(args.rounds):
    scores = x @ weights + bias
    odds = numpy.exp(scores - scores.max(axis=1, keepdims=True))
    error = odds / odds.sum(axis=1, keepdims=True) - truth
    weights -= args.rate * (x.T @ error / len(x))
    bias -= args.rate * error.mean(axis=0)
print(f"train_accuracy={(scores.argmax(axis=1) == codes).mean():.4f}")


def constant(name, values):
    return numpy_helper.from_array(numpy.asarray(values, dtype="float32"), name)


graph = helper.make_graph(
    [
        helper.make_node("Sub", ["features", "mean"], ["centred"]),
        helper.make_node("Div", ["centred", "scale"], ["scaled"]),
        helper.make_node("Gemm", ["scaled", "weights", "bias"], ["scores"]),
        helper.make_node("Softmax", ["scores"], ["probabilities"], axis=1),
    ],
    "wine",
    [helper.make_tensor_value_info("features", TensorProto.FLOAT, [None, x.shape[1]])],
    [helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, [None, len(classes)])],
    [constant("mean", mean), constant("scale", scale), constant("weights", weights), constant("bias", bias)],
)
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
checker.check_model(model)
save(model, os.path.join(os.environ["SM_MODEL_DIR"], "model.onnx"))

# What the columns mean. Without this file: all columns in the order of the table, the target's values in ascending order.
card = {"featureNames": list(features.columns), "labels": classes.tolist()}
json.dump(card, open(os.path.join(os.environ["SM_MODEL_DIR"], "capstan.json"), "w"))
