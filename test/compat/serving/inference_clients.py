"""Asks the inference server with tritonclient, boto3 and MLflow's scoring client, unmodified; prints what they saw as one JSON document."""

import json
import sys
from urllib.parse import urlsplit

import boto3
import numpy as np
import pandas as pd
import tritonclient.http as triton
from botocore.exceptions import ClientError
from mlflow.pyfunc.scoring_server.client import ScoringServerClient
from tritonclient.utils import InferenceServerException

url = sys.argv[1]
seen = {}


def triton_infer(client, model, name, array, datatype, binary, output):
    tensor = triton.InferInput(name, list(array.shape), datatype)
    tensor.set_data_from_numpy(array, binary_data=binary)
    wanted = [triton.InferRequestedOutput(output, binary_data=binary)]
    return client.infer(model, [tensor], outputs=wanted, request_id="mine")


def with_triton():
    client = triton.InferenceServerClient(urlsplit(url).netloc)
    rows = np.array([[1, 1], [0, 2]], dtype=np.float32)
    answers = [triton_infer(client, "linear", "x", rows, "FP32", binary, "score") for binary in (True, False)]
    text = np.array([["a", "grün"]], dtype=object)
    texts = [triton_infer(client, "text", "x", text, "BYTES", binary, "y").as_numpy("y") for binary in (True, False)]
    try:
        client.infer("linear", [triton.InferInput("nope", [1, 2], "FP32").set_data_from_numpy(rows[:1])])
        refused = None
    except InferenceServerException as error:
        refused = [error.status(), error.message()]
    default = triton.InferInput("x", [2, 2], "FP32")
    default.set_data_from_numpy(rows)
    return {
        "live": client.is_server_live(),
        "ready": client.is_server_ready(),
        "model_ready": client.is_model_ready("linear"),
        "absent_ready": client.is_model_ready("absent"),
        "version_ready": client.is_model_ready("linear", "1"),
        "extensions": client.get_server_metadata()["extensions"],
        "metadata": client.get_model_metadata("linear"),
        "scores": [answer.as_numpy("score").tolist() for answer in answers],
        "all_outputs": client.infer("linear", [default]).as_numpy("score").tolist(),
        "id": answers[0].get_response()["id"],
        "texts": [[value.decode() if isinstance(value, bytes) else value for value in found.flatten()] for found in texts],
        "refused": refused,
    }


def with_boto3():
    runtime = boto3.client("sagemaker-runtime", endpoint_url=url, region_name="us-east-1", aws_access_key_id="test", aws_secret_access_key="test")
    csv = runtime.invoke_endpoint(EndpointName="linear", ContentType="text/csv", Accept="text/csv", Body="1,1\n0,2\n", InferenceId="order-1")
    target = runtime.invoke_endpoint(EndpointName="linear", ContentType="application/json", Body=json.dumps({"instances": [[1, 1]]}), TargetVariant="zero")
    try:
        runtime.invoke_endpoint(EndpointName="linear", ContentType="application/json", Body="{}")
        refused = None
    except ClientError as error:
        refused = [error.response["Error"]["Code"], error.response["ResponseMetadata"]["HTTPStatusCode"]]
    return {
        "csv": [csv["Body"].read().decode(), csv["ContentType"], csv["InvokedProductionVariant"]],
        "target": [json.loads(target["Body"].read()), target["InvokedProductionVariant"]],
        "refused": refused,
    }


def with_mlflow():
    parts = urlsplit(url)
    client = ScoringServerClient(parts.hostname, parts.port)
    client.ping()  # raises where the server is not healthy
    answer = client.invoke(pd.DataFrame({"visits": [1.0, 2.0], "age": [1.0, 0.0]}))
    return {"predictions": answer.get_predictions().to_dict("list")}


for name, ask in {"triton": with_triton, "boto3": with_boto3, "mlflow": with_mlflow}.items():
    seen[name] = ask()
print(json.dumps(seen))
