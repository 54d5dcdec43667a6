import type { Execution } from "./executions.ts";
import { type Frame, placeOf, rootId } from "./frame.ts";
import { type EventDraft, executionEnded, executionSucceeded, iteration } from "./history.ts";

/** What a frame's end means around it: events to add, and the execution as it is then where it ends too. */
export interface Ending {
  readonly drafts: readonly EventDraft[];
  readonly end?: Execution;
}

/** @param mapState the Map that the frame is an iteration of; iterations have events of their own, branches have not */
export function endingOf({ id, phase }: Frame, execution: Execution, mapState: string | undefined, now: number): Ending {
  if (phase.kind !== "done" && phase.kind !== "failed") return { drafts: [] };
  const place = placeOf(id);
  if (id !== rootId)
    return { drafts: mapState !== undefined && place ? [iteration(phase.kind === "done" ? "Succeeded" : "Failed", mapState, place.index)] : [] };
  if (phase.kind === "done")
    return { drafts: [executionSucceeded(phase.output)], end: { ...execution, status: "SUCCEEDED", stoppedAt: now, output: phase.output } };
  return { drafts: [executionEnded("Failed", phase.failure)], end: { ...execution, status: "FAILED", stoppedAt: now, failure: phase.failure } };
}
