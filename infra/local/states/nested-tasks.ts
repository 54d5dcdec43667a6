import { createHash } from "node:crypto";
import type { Json } from "#statemachines/definition.ts";
import { AwsError } from "../aws/aws-error.ts";
import type { StatesEngine } from "./engine.ts";
import type { Execution } from "./executions.ts";
import { executionArn, machineArn, machineOf } from "./names.ts";
import { StateError } from "./state-error.ts";
import { fields, type Perform, textField } from "./tasks.ts";

/** An execution as `startExecution.sync:2` answers it: input and output as JSON rather than text. */
function described({ machine, name, input, output, failure, status, startedAt, stoppedAt }: Execution): Json {
  return {
    ExecutionArn: executionArn(machine, name),
    Input: input,
    InputDetails: { Included: true },
    Name: name,
    ...(output !== undefined && { Output: output, OutputDetails: { Included: true } }),
    ...(failure && { Error: failure.error, Cause: failure.cause }),
    StartDate: startedAt,
    StateMachineArn: machineArn(machine),
    Status: status,
    ...(stoppedAt !== undefined && { StopDate: stoppedAt }),
  };
}

const asFailure = (error: unknown): unknown => (error instanceof AwsError ? new StateError(`StepFunctions.${error.type}Exception`, error.message) : error);

/**
 * `states:startExecution` and its `.sync:2`: starts an execution, named after the attempt where the task gives no name, and waits for its end if asked to.
 * One that fails, or is aborted, fails the task as States.TaskFailed; when nobody waits any more, what was started is aborted.
 */
export const nestedTask =
  (engine: StatesEngine): Perform =>
  async ({ id, resource, arguments: template, signal }) => {
    const { Input: input = {}, Name: name } = fields(template);
    const machine = machineOf(textField(template, "StateMachineArn")) ?? "";
    const started = await engine
      .start({ machine, name: typeof name === "string" ? name : createHash("sha256").update(id).digest("hex").slice(0, 32), input, startedBy: id })
      .catch((error: unknown) => {
        throw asFailure(error);
      });
    const { key } = started;
    if (resource.pattern !== "sync") return { ExecutionArn: executionArn(machine, started.name), StartDate: started.startedAt };
    signal.addEventListener("abort", () => void engine.abort(key, { error: "", cause: "the execution that waited for it has gone on" }).catch(() => undefined));
    const end = await engine.whenEnded(key);
    if (end.status === "SUCCEEDED") return described(end);
    throw new StateError("States.TaskFailed", JSON.stringify(described(end)));
  };
