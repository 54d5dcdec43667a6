import {
  CreateTrainingJobCommand,
  DescribeTrainingJobCommand,
  ResourceInUse,
  ResourceLimitExceeded,
  SageMakerClient,
  StopTrainingJobCommand,
} from "@aws-sdk/client-sagemaker";
import { mockClient } from "aws-sdk-client-mock";
import { beforeEach, describe, expect, it } from "vitest";
import { DependencyError } from "#core/errors.ts";
import { sageMakerTrainingJobs } from "#gateways/sagemaker/training-job.ts";
import { aTrainingJob } from "#test/support/training-job-request.ts";

const service = mockClient(SageMakerClient);
const jobs = sageMakerTrainingJobs(new SageMakerClient({ region: "us-east-1" }));
const request = aTrainingJob({ HyperParameters: { lr: "0.1" } });
const arn = "arn:aws:sagemaker:us-east-1:123456789012:training-job/job-1";
const taken = new ResourceInUse({ $metadata: {}, message: "Training job names must be unique within an AWS account and region" });
const found = { ...request, ResourceConfig: { ...request.ResourceConfig, InstanceType: "ml.m5.large" as const }, TrainingJobArn: arn };
beforeEach(() => void service.reset());

describe("a training job in SageMaker", () => {
  it("is created by one call that says exactly what was asked", async () => {
    service.on(CreateTrainingJobCommand).resolves({ TrainingJobArn: arn });

    expect(await jobs.create(request)).toEqual({ arn });
    expect(service.commandCalls(CreateTrainingJobCommand).map(({ args: [{ input }] }) => input)).toEqual([request]);
  });

  it("is attached to where the name is taken by the same job, and refused where by another", async () => {
    service
      .on(CreateTrainingJobCommand)
      .rejects(taken)
      .on(DescribeTrainingJobCommand)
      .resolves({ ...found, TrainingJobStatus: "InProgress" });

    expect(await jobs.create(request)).toEqual({ arn });
    await expect(jobs.create({ ...request, HyperParameters: { lr: "0.2" } })).rejects.toThrow(/training job job-1 exists with other settings/);
  });

  it("may succeed later where the account's quota is used up", async () => {
    service.on(CreateTrainingJobCommand).rejects(new ResourceLimitExceeded({ $metadata: {}, message: "quota of ml.m5.large is 0" }));

    const failure = await jobs.create(request).catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(DependencyError);
    expect(failure).toMatchObject({ retryAfterSeconds: 300 });
  });

  it("is described in the words of a job on this machine", async () => {
    service.on(DescribeTrainingJobCommand).resolves({
      ...found,
      TrainingJobStatus: "Failed",
      SecondaryStatus: "Failed",
      FailureReason: "AlgorithmError: no such column, exit code: 3",
      CreationTime: new Date(1000),
      TrainingEndTime: new Date(3000),
    });

    expect(await jobs.describe("job-1")).toMatchObject({
      request,
      arn,
      status: "Failed",
      failureReason: "AlgorithmError: no such column, exit code: 3",
      createdAt: 1000,
      endedAt: 3000,
      metrics: [],
    });
  });

  it("is stopped by name, and asks nothing of the service for a request outside its limits", async () => {
    service.on(DescribeTrainingJobCommand).resolves(found).on(StopTrainingJobCommand).resolves({});

    await jobs.stop("job-1");
    const refused = jobs.create({ ...request, HyperParameters: { lr: "x".repeat(2501) } });

    await expect(refused).rejects.toThrow(/HyperParameters\.lr/);
    expect(service.commandCalls(StopTrainingJobCommand)).toHaveLength(1);
    expect(service.commandCalls(CreateTrainingJobCommand)).toHaveLength(0);
  });
});
