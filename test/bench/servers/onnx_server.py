"""The server that a team writes by hand: FastAPI with pydantic models in front of ONNX Runtime. Models are given as name=path arguments."""

import os
import sys
from typing import Any

import numpy as np
import onnxruntime as ort
import uvicorn
from fastapi import FastAPI, HTTPException
from pydantic import BaseModel

options = ort.SessionOptions()
options.intra_op_num_threads = 1
sessions = {}
for argument in sys.argv[1:]:
    name, path = argument.split("=", 1)
    sessions[name] = ort.InferenceSession(path, options)


class Tensor(BaseModel):
    name: str
    shape: list[int]
    datatype: str
    data: list[Any]


class InferRequest(BaseModel):
    id: str | None = None
    inputs: list[Tensor]


class Rows(BaseModel):
    rows: list[dict[str, float]]


app = FastAPI()


def session_of(name: str) -> ort.InferenceSession:
    if name not in sessions:
        raise HTTPException(404, f"model {name} not found")
    return sessions[name]


@app.get("/health")
async def health():
    return {"status": "ok"}


@app.post("/v2/models/{name}/infer")
async def infer(name: str, request: InferRequest):
    session = session_of(name)
    feed = {tensor.name: np.asarray(tensor.data, dtype=np.float32).reshape(tensor.shape) for tensor in request.inputs}
    outputs = zip(session.get_outputs(), session.run(None, feed))
    listed = [{"name": output.name, "datatype": "FP32", "shape": list(array.shape), "data": array.ravel().tolist()} for output, array in outputs]
    return {"model_name": name, "model_version": "1", "outputs": listed}


@app.post("/predict/{name}")
async def predict(name: str, request: Rows):
    session = session_of(name)
    array = np.asarray([list(row.values()) for row in request.rows], dtype=np.float32)
    return {"predictions": session.run(None, {session.get_inputs()[0].name: array})[0].ravel().tolist()}


uvicorn.run(app, host="127.0.0.1", port=int(os.environ["PORT"]), log_level="warning", access_log=False)
