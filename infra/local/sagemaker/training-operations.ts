import * as z from "zod";
import { CreateTrainingJobRequest, trainingJobName, trainingJobStatuses } from "#contracts/sagemaker/training-job.ts";
import { DomainError } from "#core/errors.ts";
import type { TrainingJob } from "#core/training/jobs/training-job.ts";
import { AwsError } from "../aws/aws-error.ts";
import { operation } from "../aws/parse-input.ts";
import type { Operations } from "../aws/server.ts";
import type { LocalTrainingJobs } from "../training/training-jobs.ts";
import { arnOf, seconds } from "./names.ts";
import { type Listed, ListQuery, pageOf } from "./pages.ts";
import { asValidation, refused } from "./refusals.ts";

/** As many scripts may run at once; an account has such a quota too. */
const mostAtOnce = 20;
const defaultMaxRuntimeSeconds = 86_400;

const Named = z.object({ TrainingJobName: trainingJobName });
const modifiedAt = ({ transitions, createdAt }: TrainingJob) => transitions.at(-1)?.StartTime ?? createdAt;

/** DescribeTrainingJob's answer. */
function describe(job: TrainingJob): object {
  const { Tags: _tags, StoppingCondition, ...request } = job.request;
  const { startedAt, endedAt } = job;
  return {
    ...request,
    StoppingCondition: { MaxRuntimeInSeconds: defaultMaxRuntimeSeconds, ...StoppingCondition },
    EnableNetworkIsolation: request.EnableNetworkIsolation ?? false,
    EnableInterContainerTrafficEncryption: request.EnableInterContainerTrafficEncryption ?? false,
    EnableManagedSpotTraining: request.EnableManagedSpotTraining ?? false,
    TrainingJobArn: job.arn,
    TrainingJobStatus: job.status,
    SecondaryStatus: job.secondaryStatus,
    ...(job.failureReason !== undefined && { FailureReason: job.failureReason }),
    ...(job.modelUri !== undefined && { ModelArtifacts: { S3ModelArtifacts: job.modelUri } }),
    CreationTime: seconds(job.createdAt),
    LastModifiedTime: seconds(modifiedAt(job)),
    ...(startedAt !== undefined && { TrainingStartTime: seconds(startedAt) }),
    ...(endedAt !== undefined && { TrainingEndTime: seconds(endedAt) }),
    ...(startedAt !== undefined && endedAt !== undefined && { TrainingTimeInSeconds: Math.ceil(seconds(endedAt - startedAt)), BillableTimeInSeconds: 0 }),
    SecondaryStatusTransitions: job.transitions.map(({ StartTime, EndTime, ...transition }) => ({
      ...transition,
      StartTime: seconds(StartTime),
      ...(EndTime !== undefined && { EndTime: seconds(EndTime) }),
    })),
    FinalMetricDataList: job.metrics.map((metric) => ({ ...metric, Timestamp: seconds(metric.Timestamp) })),
  };
}

const listed = (job: TrainingJob): Listed & { readonly job: TrainingJob } => ({
  name: job.request.TrainingJobName,
  createdAt: job.createdAt,
  modifiedAt: modifiedAt(job),
  status: job.status,
  job,
});
const summary = (job: TrainingJob) => ({
  TrainingJobName: job.request.TrainingJobName,
  TrainingJobArn: job.arn,
  CreationTime: seconds(job.createdAt),
  LastModifiedTime: seconds(modifiedAt(job)),
  ...(job.endedAt !== undefined && { TrainingEndTime: seconds(job.endedAt) }),
  TrainingJobStatus: job.status,
  SecondaryStatus: job.secondaryStatus,
});

const quota = (what: string, limit: number) =>
  new AwsError("ResourceLimitExceeded", `The service limit '${what}' of this machine is ${limit}: wait for jobs to end, or ask for less`);

/** Refuses what a script on one machine would silently not get. */
function checkMachine({ AlgorithmSpecification, InputDataConfig = [], ResourceConfig }: CreateTrainingJobRequest, running: number): void {
  const modes = [AlgorithmSpecification.TrainingInputMode, ...InputDataConfig.map(({ InputMode }) => InputMode)];
  if (modes.includes("Pipe")) throw refused("TrainingInputMode Pipe is not offered on this machine, use File or FastFile");
  if (ResourceConfig.InstanceCount > 1) throw refused(`ResourceConfig.InstanceCount must be 1 on this machine, got ${ResourceConfig.InstanceCount}`);
  if (running >= mostAtOnce) throw quota("Number of training jobs at once", mostAtOnce);
}

/** SageMaker's training operations, on child processes of this machine. */
export function trainingOperations(jobs: LocalTrainingJobs): Operations {
  async function find(name: string): Promise<TrainingJob> {
    try {
      return await jobs.describe(name);
    } catch (error) {
      // The service model says ResourceNotFound, the service has always said this.
      throw error instanceof DomainError ? refused("Requested resource not found.") : error;
    }
  }
  return {
    "SageMaker.CreateTrainingJob": operation(CreateTrainingJobRequest, async (request) => {
      checkMachine(request, jobs.running());
      try {
        return { TrainingJobArn: (await jobs.create(request)).arn };
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        if (error.code !== "RESOURCE_ALREADY_EXISTS") throw refused(error.message);
        const arn = arnOf("training-job", request.TrainingJobName);
        throw new AwsError(
          "ResourceInUse",
          `Training job names must be unique within an AWS account and region, and a training job with this name already exists (${arn})`,
        );
      }
    }),
    "SageMaker.DescribeTrainingJob": operation(Named, async ({ TrainingJobName }) => describe(await find(TrainingJobName))),
    "SageMaker.StopTrainingJob": operation(Named, async ({ TrainingJobName }) => {
      const { status } = await find(TrainingJobName);
      if (status !== "InProgress") throw refused(`The request was rejected because the training job is in status ${status}.`);
      await asValidation(jobs.stop(TrainingJobName));
      return undefined;
    }),
    "SageMaker.ListTrainingJobs": operation(ListQuery.extend({ StatusEquals: z.enum(trainingJobStatuses).optional() }), async (query) => {
      const { page, next } = pageOf((await jobs.list()).map(listed), query, "Ascending");
      return { TrainingJobSummaries: page.map(({ job }) => summary(job)), ...next };
    }),
  };
}
