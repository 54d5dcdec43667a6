"""Predict with boto3's unmodified SageMaker runtime client.

    pip install boto3
    python docs/examples/invoke_endpoint.py http://127.0.0.1:5000 wine

The endpoint is the one of docs/guides/train-and-deploy.md.
"""

import json
import sys

import boto3

_, url, endpoint = sys.argv
# boto3 always signs; the platform does not look at SageMaker signatures, so that any key will do.
runtime = boto3.client("sagemaker-runtime", endpoint_url=url, region_name="us-east-1", aws_access_key_id="any", aws_secret_access_key="any")

wine = "14.23,1.71,2.43,15.6,127,2.8,3.06,0.28,2.29,5.64,1.04,3.92,1065"
reply = runtime.invoke_endpoint(EndpointName=endpoint, ContentType="text/csv", Body=wine)
[prediction] = json.loads(reply["Body"].read())["predictions"]
print("grower", prediction["label"], "by variant", reply["InvokedProductionVariant"])
