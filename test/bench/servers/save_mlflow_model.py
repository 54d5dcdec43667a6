"""Writes an ONNX file as a model of MLflow's onnx flavour: save_mlflow_model.py <model.onnx> <folder>."""

import sys

import mlflow.onnx
import onnx

mlflow.onnx.save_model(onnx.load(sys.argv[1]), sys.argv[2], onnx_execution_providers=["CPUExecutionProvider"])
