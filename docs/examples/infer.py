"""Predict with an unmodified Open Inference Protocol (KServe V2) client.

    pip install "tritonclient[http]"
    python docs/examples/infer.py 127.0.0.1:5000 wine

The endpoint is the one of docs/guides/train-and-deploy.md.
"""

import sys

import numpy as np
import tritonclient.http as triton

_, address, endpoint = sys.argv
client = triton.InferenceServerClient(address)
assert client.is_model_ready(endpoint)

[described] = client.get_model_metadata(endpoint)["inputs"]
wine = np.array([[14.23, 1.71, 2.43, 15.6, 127, 2.8, 3.06, 0.28, 2.29, 5.64, 1.04, 3.92, 1065]], dtype=np.float32)
tensor = triton.InferInput(described["name"], list(wine.shape), described["datatype"])
tensor.set_data_from_numpy(wine)

answer = client.infer(endpoint, [tensor])
print("grower", answer.as_numpy("label").tolist(), "probabilities", answer.as_numpy("probabilities").round(3).tolist())
