import type * as z from "zod";
import { type ExecutionStatusDetail, unfinished } from "#contracts/events/state-machines.ts";
import { TrainingInput } from "#contracts/platform/training-request.ts";
import { newExecution } from "./executions.ts";
import { finish } from "./finish.ts";
import { outcomeOf } from "./outcome.ts";
import type { StopContext } from "./stop.ts";

type Status = (typeof unfinished)[number];

const reasons: Readonly<Record<Status, string>> = { FAILED: "the state machine failed", TIMED_OUT: "the state machine ran out of time", ABORTED: "" };

function requestIn(text: string | null | undefined) {
  try {
    return TrainingInput.safeParse(JSON.parse(text ?? "null")).data?.request;
  } catch {
    return undefined;
  }
}

/**
 * Finishes an execution that its machine could not: aborted in the console, out of time, failed where no Catch is possible. One that has no document
 * yet gets one, so that a first step that is still on its way finds that it has ended. Events of other machines, and of executions that go on or
 * never had a request, change nothing.
 */
export async function closeExecution(ctx: StopContext, machineArn: string, event: z.output<typeof ExecutionStatusDetail>): Promise<void> {
  const { name } = event;
  const status = unfinished.find((it) => it === event.status);
  if (event.stateMachineArn !== machineArn || status === undefined) return;
  const request = requestIn(event.input);
  if (request) await ctx.executions.insert(newExecution(name, request, ctx.now()));
  const found = await ctx.executions.find(name);
  if (!found || found.document.isFinished === true) return;
  // What is told late, or twice, of the end before a retry.
  if ((event.stopDate ?? Number.POSITIVE_INFINITY) <= (found.document.retriedAt ?? 0)) return;
  const outcome = outcomeOf(reasons[status], { error: event.error ?? "", cause: event.cause ?? "" }) || "aborted in Step Functions";
  await ctx.abandonRollout(found.document.request.endpoint, name, `execution ${name}`, outcome);
  await finish(ctx, name, { status: status === "ABORTED" ? "stopped" : "failed", outcome });
}
