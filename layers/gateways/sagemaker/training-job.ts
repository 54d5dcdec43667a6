import { isDeepStrictEqual } from "node:util";
import {
  CreateTrainingJobCommand,
  type CreateTrainingJobCommandInput,
  DescribeTrainingJobCommand,
  type DescribeTrainingJobResponse,
  ResourceInUse,
  ResourceLimitExceeded,
  type SageMakerClient,
  SageMakerServiceException,
  StopTrainingJobCommand,
  type TrainingInstanceType,
} from "@aws-sdk/client-sagemaker";
import { CreateTrainingJobRequest, secondaryStatuses, trainingJobStatuses } from "#contracts/sagemaker/training-job.ts";
import { conflict, DependencyError, doesNotExist, invalid } from "#core/errors.ts";
import type { SecondaryStatus, TrainingJob, TrainingJobs } from "#core/training/jobs/training-job.ts";

/** A request within the service's limits. @throws DomainError that names the field which is not */
export function checkedRequest(request: unknown): CreateTrainingJobRequest {
  const parsed = CreateTrainingJobRequest.safeParse(request);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalid(`training job: ${issue?.path.join(".") ?? ""}${issue?.path.length ? " " : ""}${issue?.message ?? ""}`);
}

const time = (date: Date | undefined) => date?.getTime() ?? 0;

/** The service has statuses of older algorithms too; for us they are part of what they are part of. */
const secondary = (status: string | undefined): SecondaryStatus => {
  const known = secondaryStatuses.find((one) => one === status);
  if (known) return known;
  return status === "MaxWaitTimeExceeded"
    ? "MaxRuntimeExceeded"
    : status === "Interrupted" || status === "Restarting" || status === "Pending"
      ? "Starting"
      : "Training";
};

function jobOf(request: CreateTrainingJobRequest, found: DescribeTrainingJobResponse): TrainingJob {
  return {
    request,
    arn: found.TrainingJobArn ?? "",
    status: trainingJobStatuses.find((one) => one === found.TrainingJobStatus) ?? "Failed",
    secondaryStatus: secondary(found.SecondaryStatus),
    transitions: (found.SecondaryStatusTransitions ?? []).map(({ Status, StartTime, EndTime, StatusMessage }) => ({
      Status: secondary(Status),
      StartTime: time(StartTime),
      StatusMessage: StatusMessage ?? "",
      ...(EndTime && { EndTime: EndTime.getTime() }),
    })),
    createdAt: time(found.CreationTime),
    ...(found.TrainingStartTime && { startedAt: found.TrainingStartTime.getTime() }),
    ...(found.TrainingEndTime && { endedAt: found.TrainingEndTime.getTime() }),
    ...(found.FailureReason !== undefined && { failureReason: found.FailureReason }),
    ...(found.ModelArtifacts?.S3ModelArtifacts !== undefined && { modelUri: found.ModelArtifacts.S3ModelArtifacts }),
    metrics: (found.FinalMetricDataList ?? []).map(({ MetricName, Value, Timestamp }) => ({
      MetricName: MetricName ?? "",
      Value: Value ?? Number.NaN,
      Timestamp: time(Timestamp),
    })),
  };
}

/** What a job is told apart by: names of jobs are never free again, so that a retried call meets its own job. */
const sameJob = (found: DescribeTrainingJobResponse, { HyperParameters = {}, AlgorithmSpecification, OutputDataConfig }: CreateTrainingJobRequest) =>
  isDeepStrictEqual({ ...found.HyperParameters }, { ...HyperParameters }) &&
  found.AlgorithmSpecification?.TrainingImage === AlgorithmSpecification.TrainingImage &&
  found.AlgorithmSpecification?.AlgorithmName === AlgorithmSpecification.AlgorithmName &&
  found.OutputDataConfig?.S3OutputPath === OutputDataConfig.S3OutputPath;

/** Seconds after which a full quota is worth another try. */
const quotaRetrySeconds = 300;

/** The service knows more instance types than the SDK of a day: its word counts, so ours is passed on as it is. */
const commandInput = ({ ResourceConfig, ...request }: CreateTrainingJobRequest): CreateTrainingJobCommandInput => ({
  ...request,
  ResourceConfig: { ...ResourceConfig, InstanceType: ResourceConfig.InstanceType as TrainingInstanceType },
});

/** Training jobs in SageMaker. */
export function sageMakerTrainingJobs(client: SageMakerClient): TrainingJobs {
  async function find(name: string): Promise<DescribeTrainingJobResponse> {
    try {
      return await client.send(new DescribeTrainingJobCommand({ TrainingJobName: name }));
    } catch (error) {
      if (error instanceof SageMakerServiceException && /not found/i.test(error.message)) throw doesNotExist(`training job ${name} not found`);
      throw error;
    }
  }
  return {
    async create(given) {
      const request = checkedRequest(given);
      try {
        return { arn: (await client.send(new CreateTrainingJobCommand(commandInput(request)))).TrainingJobArn ?? "" };
      } catch (error) {
        if (error instanceof ResourceLimitExceeded)
          throw new DependencyError(`ResourceLimitExceeded: ${error.message}`, { cause: error, retryAfterSeconds: quotaRetrySeconds });
        if (!(error instanceof ResourceInUse)) throw error;
        const found = await find(request.TrainingJobName);
        if (!sameJob(found, request)) throw conflict(`training job ${request.TrainingJobName} exists with other settings`);
        return { arn: found.TrainingJobArn ?? "" };
      }
    },
    async describe(name) {
      const found = await find(name);
      return jobOf(checkedRequest({ ...found, TrainingJobName: name }), found);
    },
    async stop(name) {
      await find(name);
      try {
        await client.send(new StopTrainingJobCommand({ TrainingJobName: name }));
      } catch (error) {
        // A job that has ended meanwhile cannot be stopped, and need not be.
        if (!(error instanceof SageMakerServiceException && /status/i.test(error.message))) throw error;
      }
    },
  };
}
