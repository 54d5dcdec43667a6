/** How a task ends: with the call's own answer, with a token that someone sends back, or when what it started has ended. */
export type TaskPattern = "answer" | "token" | "sync";

export interface TaskResource {
  readonly service: "lambda" | "events" | "states" | "sagemaker";
  /** As histories name it, with the pattern's suffix. */
  readonly action: string;
  readonly pattern: TaskPattern;
}

const prefix = "arn:aws:states:::";
const resource = (service: TaskResource["service"], action: string, pattern: TaskPattern) =>
  [`${prefix}${service}:${action}`, { service, action, pattern }] as const;

/** Every `Resource` that a task may name: what the laptop performs and what stacks derive grants from. */
export const taskResources: ReadonlyMap<string, TaskResource> = new Map([
  resource("lambda", "invoke", "answer"),
  resource("lambda", "invoke.waitForTaskToken", "token"),
  resource("events", "putEvents", "answer"),
  resource("states", "startExecution", "answer"),
  resource("states", "startExecution.sync:2", "sync"),
  resource("sagemaker", "createTrainingJob.sync", "sync"),
  resource("sagemaker", "createProcessingJob.sync", "sync"),
  resource("sagemaker", "createTransformJob.sync", "sync"),
]);
