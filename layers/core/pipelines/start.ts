import type { Execution } from "#contracts/platform/pipelines.ts";
import type { TrainingRequest } from "#contracts/platform/training-request.ts";
import { invalid } from "../errors.ts";
import { begin, type StartContext, shown } from "./executions.ts";

/** Step Functions hands on at most 256 KiB (262,144 bytes) from state to state: half of it is the request's, half what the steps add. */
const mostBytes = 131_072;

/**
 * Starts the training pipeline as a caller asks. Repeated with the same name and request it answers with the same execution, also when that has
 * ended. Who asked is the caller, whatever the request says.
 */
export async function startExecution(ctx: StartContext, request: TrainingRequest, principal: string, givenName?: string): Promise<Execution> {
  if (request.trigger.type === "drift") throw invalid("request.trigger.type must be manual, api or schedule, got drift, which only alarms of monitors say");
  const asked: TrainingRequest = { ...request, trigger: { ...request.trigger, by: principal } };
  const bytes = new TextEncoder().encode(JSON.stringify(asked)).byteLength;
  if (bytes > mostBytes) throw invalid(`request must be at most ${mostBytes} bytes of JSON, got ${bytes}`);
  return shown(await begin(ctx, givenName ?? `${request.pipeline}-${ctx.newId()}`, asked));
}
