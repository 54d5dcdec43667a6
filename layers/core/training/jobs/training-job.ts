import type { CreateTrainingJobRequest, secondaryStatuses, trainingJobStatuses } from "#contracts/sagemaker/training-job.ts";
import { invalid } from "../../errors.ts";

type JobStatus = (typeof trainingJobStatuses)[number];
export type SecondaryStatus = (typeof secondaryStatuses)[number];

interface Transition {
  readonly Status: SecondaryStatus;
  readonly StartTime: number;
  readonly EndTime?: number;
  readonly StatusMessage: string;
}
export interface MetricValue {
  readonly MetricName: string;
  readonly Value: number;
  readonly Timestamp: number;
}

/** A training job as DescribeTrainingJob tells it. Times are milliseconds since the epoch. */
export interface TrainingJob {
  readonly request: CreateTrainingJobRequest;
  readonly arn: string;
  readonly status: JobStatus;
  readonly secondaryStatus: SecondaryStatus;
  readonly transitions: readonly Transition[];
  readonly createdAt: number;
  readonly startedAt?: number;
  readonly endedAt?: number;
  readonly failureReason?: string;
  readonly modelUri?: string;
  readonly metrics: readonly MetricValue[];
}

/** What makes a job, where it runs and how it ends: an account's SageMaker and the laptop keep the same promises. */
export interface TrainingJobs {
  /** Idempotent by name: a job of that name and settings is attached to. @throws DomainError when the settings differ */
  create(request: CreateTrainingJobRequest): Promise<{ readonly arn: string }>;
  /** @throws DomainError when there is none */
  describe(name: string): Promise<TrainingJob>;
  /** Asks a running job to end; what it has written so far is kept. */
  stop(name: string): Promise<void>;
}

const messages: Readonly<Record<SecondaryStatus, string>> = {
  Starting: "Preparing the training job",
  Downloading: "Downloading input data and code",
  Training: "Training in progress",
  Uploading: "Uploading generated training model",
  Completed: "Training job completed",
  Failed: "Training job failed",
  MaxRuntimeExceeded: "Training job runtime exceeded MaxRuntimeInSeconds provided",
  Stopping: "Stopping the training job",
  Stopped: "Training job stopped",
};
const statusOf: Readonly<Record<SecondaryStatus, JobStatus>> = {
  Starting: "InProgress",
  Downloading: "InProgress",
  Training: "InProgress",
  Uploading: "InProgress",
  Completed: "Completed",
  Failed: "Failed",
  MaxRuntimeExceeded: "Stopped",
  Stopping: "Stopping",
  Stopped: "Stopped",
};

export const newTrainingJob = (request: CreateTrainingJobRequest, arn: string, now: number): TrainingJob => ({
  request,
  arn,
  status: "InProgress",
  secondaryStatus: "Starting",
  transitions: [{ Status: "Starting", StartTime: now, StatusMessage: messages.Starting }],
  createdAt: now,
  metrics: [],
});

export const hasEnded = ({ status }: Pick<TrainingJob, "status">) => status === "Completed" || status === "Failed" || status === "Stopped";

/** The job in its next secondary status; one that has ended stays as it is, and a stopping one only uploads and ends. */
export function inStatus(job: TrainingJob, next: SecondaryStatus, now: number): TrainingJob {
  if (hasEnded(job)) return job;
  const status = job.status === "Stopping" && statusOf[next] === "InProgress" ? "Stopping" : statusOf[next];
  const transitions = job.transitions.map((transition, index) => (index === job.transitions.length - 1 ? { ...transition, EndTime: now } : transition));
  const moved: TrainingJob = {
    ...job,
    status,
    secondaryStatus: next,
    transitions: [...transitions, { Status: next, StartTime: now, StatusMessage: messages[next] }],
    ...(next === "Training" && { startedAt: now }),
  };
  return hasEnded(moved) ? { ...moved, endedAt: now } : moved;
}

/** SageMaker's failure reason: what the script left in output/failure, or said last, at most 1,024 characters, and the exit code. */
export const failureReason = (said: string, exitCode: number | undefined) =>
  `AlgorithmError: ${said.trim().slice(0, 1024)}${exitCode === undefined ? "" : `, exit code: ${exitCode}`}`;

function expressionOf(name: string, text: string): RegExp {
  try {
    return new RegExp(text);
  } catch {
    throw invalid(`metric ${name}: Regex must be a regular expression as JavaScript has them, got ${text.slice(0, 100)}`);
  }
}

/**
 * The last value of each metric that a line of the log gives: the first group of its expression.
 * @throws DomainError when an expression is none that JavaScript knows
 */
export function metricsReader(definitions: readonly { readonly Name: string; readonly Regex: string }[]) {
  const expressions = definitions.map(({ Name, Regex }) => ({ name: Name, pattern: expressionOf(Name, Regex) }));
  const latest = new Map<string, MetricValue>();
  return {
    read(line: string, now: number): void {
      for (const { name, pattern } of expressions) {
        const value = Number(pattern.exec(line)?.[1] ?? Number.NaN);
        if (Number.isFinite(value)) latest.set(name, { MetricName: name, Value: value, Timestamp: now });
      }
    },
    latest: (): readonly MetricValue[] => [...latest.values()],
  };
}
