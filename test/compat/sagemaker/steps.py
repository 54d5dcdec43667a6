"""What SageMaker's users do with boto3, from script to endpoint, against one address. Prints what was seen as JSON."""
import io
import json
import os
import sys
import tarfile
import time

import boto3
from botocore.exceptions import ClientError

url, objects_url = sys.argv[1:3]
sm = boto3.client("sagemaker", endpoint_url=url, region_name="us-east-1")
runtime = boto3.client("sagemaker-runtime", endpoint_url=url, region_name="us-east-1")
s3 = boto3.client("s3", endpoint_url=objects_url, region_name="us-east-1")
role = "arn:aws:iam::000000000000:role/training"
bucket = "capstan-data"
seen = {}


def refusal(call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        return [error.response["Error"]["Code"], error.response["Error"]["Message"]]
    return None


def bring_code():
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w:gz") as tar:
        tar.add(os.path.join(os.path.dirname(__file__), "train.py"), "train.py")
    s3.put_object(Bucket=bucket, Key="line/source.tar.gz", Body=archive.getvalue())
    s3.put_object(Bucket=bucket, Key="line/train/points.csv", Body=b"1,2\n2,4\n")


def job(name, slope):
    return {
        "TrainingJobName": name,
        "RoleArn": role,
        "AlgorithmSpecification": {
            "TrainingImage": "any",
            "TrainingInputMode": "File",
            "MetricDefinitions": [{"Name": "rows", "Regex": "rows=([0-9]+)"}],
        },
        "HyperParameters": {
            "slope": json.dumps(slope),
            "sagemaker_program": json.dumps("train.py"),
            "sagemaker_submit_directory": json.dumps(f"s3://{bucket}/line/source.tar.gz"),
        },
        "InputDataConfig": [
            {
                "ChannelName": "train",
                "DataSource": {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": f"s3://{bucket}/line/train/"}},
            }
        ],
        "OutputDataConfig": {"S3OutputPath": f"s3://{bucket}/line/jobs"},
        "ResourceConfig": {"InstanceType": "ml.m5.large", "InstanceCount": 1, "VolumeSizeInGB": 5},
        "StoppingCondition": {"MaxRuntimeInSeconds": 600},
    }


def train(name, slope):
    sm.create_training_job(**job(name, slope))
    # Raises for a job that failed, after the waiter's own look.
    sm.get_waiter("training_job_completed_or_stopped").wait(TrainingJobName=name, WaiterConfig={"Delay": 1, "MaxAttempts": 60})
    return sm.describe_training_job(TrainingJobName=name)


def training():
    bring_code()
    done = train("line-two", 2)
    train("line-three", 3)
    output = s3.get_object(Bucket=bucket, Key="line/jobs/line-two/output/output.tar.gz")["Body"].read()
    with tarfile.open(fileobj=io.BytesIO(output)) as tar:
        inside = json.load(tar.extractfile("./seen.json"))
    sm.create_training_job(**job("line-bad", -1))
    while sm.describe_training_job(TrainingJobName="line-bad")["TrainingJobStatus"] == "InProgress":
        time.sleep(0.2)
    bad = sm.describe_training_job(TrainingJobName="line-bad")
    pages = sm.get_paginator("list_training_jobs").paginate(SortBy="Name", NameContains="line", PaginationConfig={"PageSize": 2})
    seen["training"] = {
        "status": [done["TrainingJobStatus"], done["SecondaryStatus"]],
        "transitions": [transition["Status"] for transition in done["SecondaryStatusTransitions"]],
        "model": done["ModelArtifacts"]["S3ModelArtifacts"],
        "metrics": {metric["MetricName"]: metric["Value"] for metric in done["FinalMetricDataList"]},
        "times": done["CreationTime"] <= done["TrainingStartTime"] <= done["TrainingEndTime"],
        "script": inside,
        "failed": [bad["TrainingJobStatus"], bad["FailureReason"]],
        "again": refusal(sm.create_training_job, **job("line-two", 2))[0],
        "absent": refusal(sm.describe_training_job, TrainingJobName="absent"),
        "ended": refusal(sm.stop_training_job, TrainingJobName="line-two"),
        "listed": [one["TrainingJobName"] for page in pages for one in page["TrainingJobSummaries"]],
        "failures": [one["TrainingJobName"] for one in sm.list_training_jobs(StatusEquals="Failed")["TrainingJobSummaries"]],
    }


def variant(name, model, weight):
    return {
        "VariantName": name,
        "ModelName": model,
        "InitialInstanceCount": 1,
        "InstanceType": "ml.m5.large",
        "InitialVariantWeight": weight,
    }


def ask(**arguments):
    answer = runtime.invoke_endpoint(EndpointName="line", ContentType="text/csv", Accept="text/csv", Body=b"10\n", **arguments)
    return float(answer["Body"].read()), answer["InvokedProductionVariant"]


def answers(count):
    found = {}
    for _ in range(count):
        value, name = ask()
        found.setdefault(name, []).append(value)
    return found


def until(condition):
    for _ in range(100):
        if condition():
            return True
        time.sleep(0.1)
    return False


def weights():
    return {one["VariantName"]: one["CurrentWeight"] for one in sm.describe_endpoint(EndpointName="line")["ProductionVariants"]}


def hosting():
    for name in ("line-two", "line-three"):
        url_of = sm.describe_training_job(TrainingJobName=name)["ModelArtifacts"]["S3ModelArtifacts"]
        sm.create_model(ModelName=name, ExecutionRoleArn=role, PrimaryContainer={"Image": "any", "ModelDataUrl": url_of})
    sm.create_endpoint_config(
        EndpointConfigName="line-both", ProductionVariants=[variant("two", "line-two", 3), variant("three", "line-three", 1)]
    )
    sm.create_endpoint_config(EndpointConfigName="line-one", ProductionVariants=[variant("three", "line-three", 1)])
    sm.create_endpoint(EndpointName="line", EndpointConfigName="line-both", Tags=[{"Key": "team", "Value": "a"}])
    sm.get_waiter("endpoint_in_service").wait(EndpointName="line", WaiterConfig={"Delay": 1, "MaxAttempts": 30})
    drawn = answers(60)
    result = {
        "described": [sm.describe_endpoint(EndpointName="line")[key] for key in ("EndpointStatus", "EndpointConfigName")],
        "weights": weights(),
        "answers": {name: sorted(set(values)) for name, values in drawn.items()},
        "heavier": len(drawn["two"]) > len(drawn["three"]),
        "target": [ask(TargetVariant="two"), ask(TargetVariant="three")],
        "config": [one["VariantName"] for one in sm.describe_endpoint_config(EndpointConfigName="line-both")["ProductionVariants"]],
        "model": sm.describe_model(ModelName="line-two")["PrimaryContainer"]["ModelDataUrl"],
        "listed": [one["EndpointName"] for one in sm.list_endpoints(NameContains="line")["Endpoints"]],
        "models": sorted(one["ModelName"] for one in sm.list_models(NameContains="line")["Models"]),
        "configs": sorted(one["EndpointConfigName"] for one in sm.list_endpoint_configs(NameContains="line")["EndpointConfigs"]),
    }
    sm.update_endpoint_weights_and_capacities(
        EndpointName="line", DesiredWeightsAndCapacities=[{"VariantName": "two", "DesiredWeight": 0}]
    )
    result["shifted"] = [weights(), until(lambda: set(answers(10)) == {"three"})]
    sm.update_endpoint_weights_and_capacities(
        EndpointName="line",
        DesiredWeightsAndCapacities=[{"VariantName": "two", "DesiredWeight": 1}, {"VariantName": "three", "DesiredWeight": 0}],
    )
    result["back"] = until(lambda: set(answers(10)) == {"two"})
    sm.update_endpoint(EndpointName="line", EndpointConfigName="line-one")
    result["updated"] = [
        sm.describe_endpoint(EndpointName="line")["EndpointConfigName"],
        weights(),
        until(lambda: set(answers(10)) == {"three"}),
    ]
    result["refused"] = {
        "endpoint again": refusal(sm.create_endpoint, EndpointName="line", EndpointConfigName="line-both"),
        "endpoint of no configuration": refusal(sm.create_endpoint, EndpointName="other", EndpointConfigName="absent"),
        "configuration of no model": refusal(
            sm.create_endpoint_config, EndpointConfigName="bad", ProductionVariants=[variant("a", "absent", 1)]
        ),
        "configuration again": refusal(
            sm.create_endpoint_config, EndpointConfigName="line-one", ProductionVariants=[variant("a", "line-two", 1)]
        ),
        "model of no data": refusal(
            sm.create_model, ModelName="bad", PrimaryContainer={"ModelDataUrl": f"s3://{bucket}/nowhere/model.tar.gz"}
        ),
        "weights of no variant": refusal(
            sm.update_endpoint_weights_and_capacities,
            EndpointName="line",
            DesiredWeightsAndCapacities=[{"VariantName": "two", "DesiredWeight": 1}],
        ),
        "no endpoint": refusal(sm.describe_endpoint, EndpointName="absent"),
        "name": refusal(sm.create_endpoint, EndpointName="no_underscore", EndpointConfigName="line-one")[0],
    }
    sm.delete_endpoint(EndpointName="line")
    sm.delete_endpoint_config(EndpointConfigName="line-one")
    sm.delete_model(ModelName="line-two")
    result["deleted"] = [
        refusal(sm.describe_endpoint, EndpointName="line")[0],
        refusal(sm.describe_endpoint_config, EndpointConfigName="line-one")[0],
        refusal(sm.describe_model, ModelName="line-two")[0],
        until(lambda: (refusal(ask) or [""])[0] == "ValidationError"),
    ]
    seen["hosting"] = result


training()
hosting()
print(json.dumps(seen))
