import type { Json, JsonObject } from "#statemachines/definition.ts";
import { AwsError } from "../aws/aws-error.ts";
import type { Operations } from "../aws/server.ts";
import type { At } from "../timers.ts";
import { StateError } from "./state-error.ts";
import { asJson, fields, type Perform, textField } from "./tasks.ts";

/** One SageMaker operation on its wire: `CreateTrainingJob`, `DescribeTrainingJob` and so on. */
export type SageMaker = (operation: string, input: Json) => Promise<unknown>;

/** SageMaker's operations as tasks call them. */
export const sageMakerCalls =
  (operations: Operations): SageMaker =>
  async (operation, input) => {
    const run = operations[`SageMaker.${operation}`];
    if (!run) throw new AwsError("UnknownOperationException", `operation ${operation} is not offered on this machine`);
    return await run(fields(input));
  };

const kinds: Readonly<Record<string, string>> = {
  "createTrainingJob.sync": "TrainingJob",
  "createProcessingJob.sync": "ProcessingJob",
  "createTransformJob.sync": "TransformJob",
};
const pollMilliseconds = 1_000;

/** Errors that SageMaker's model names keep their name; all others come as the service's own. */
function asFailure(error: unknown): StateError {
  const { type, name, message } = error as { type?: string; name?: string; message?: string };
  const exception = type ?? name ?? "";
  const known = ["ResourceLimitExceeded", "ResourceInUse", "ResourceNotFound"].includes(exception);
  return new StateError(known ? `SageMaker.${exception}Exception` : "SageMaker.AmazonSageMakerException", String(message));
}

/**
 * `sagemaker:create…Job.sync`: starts the job and waits until it has ended. A job that stands already when the attempt is repeated is waited for.
 * @returns what Describe answers; a job that did not complete fails the task as States.TaskFailed with that as its cause
 */
export const sageMakerTask =
  (sageMaker: SageMaker, at: At, now: () => number): Perform =>
  async ({ resource, arguments: template, repeated, signal }) => {
    const kind = kinds[resource.action] ?? "";
    const name = { [`${kind}Name`]: textField(template, `${kind}Name`) };
    try {
      await sageMaker(`Create${kind}`, template);
    } catch (error) {
      const failure = asFailure(error);
      if (!repeated || failure.error !== "SageMaker.ResourceInUseException") throw failure;
    }
    signal.addEventListener("abort", () => void sageMaker(`Stop${kind}`, name).catch(() => undefined));
    const describe = async (): Promise<JsonObject> => {
      try {
        return fields(asJson(await sageMaker(`Describe${kind}`, name)));
      } catch (error) {
        throw asFailure(error);
      }
    };
    for (let job = await describe(); ; job = await describe()) {
      const status = job[`${kind}Status`];
      if (status === "Completed") return job;
      if (status === "Failed" || status === "Stopped") throw new StateError("States.TaskFailed", JSON.stringify(job));
      await new Promise<void>((resolve) => at(now() + pollMilliseconds, resolve));
    }
  };
