import { childId, type Frame, isEnded, newFrame } from "./frame.ts";
import { type EventDraft, iteration } from "./history.ts";
import { childrenFailed, joined } from "./interpret.ts";
import type { Scope, Step } from "./scope.ts";
import { levelInside } from "./scopes.ts";
import type { Failure } from "./state-error.ts";

/** What the state of the levels inside a frame leads to. */
export interface Settled {
  /** Levels that begin now. */
  readonly started: readonly { readonly frame: Frame; readonly events: readonly EventDraft[] }[];
  /** The frame's own move, where the levels inside have ended or failed too often. */
  readonly step?: Step;
}

const tooMany = (count: number, tolerated: number): Failure => ({
  error: "States.ExceedToleratedFailureThreshold",
  cause: `The specified tolerated failure threshold was exceeded: ${count} failed, ${tolerated} may.`,
});

/** Looks at the levels inside a frame: starts as many as may run at once, joins them when all have ended, gives up when too many have failed. */
export async function settle(parent: Frame, frames: ReadonlyMap<string, Frame>, scope: Scope, now: () => number): Promise<Settled> {
  if (parent.phase.kind !== "children") return { started: [] };
  const { inputs, concurrency, tolerated } = parent.phase;
  const children = inputs.map((_input, index) => frames.get(childId(parent, index)));
  const isMap = scope.level.States[parent.state]?.Type === "Map";
  const failures = children.flatMap((child) => (child?.phase.kind === "failed" ? [child.phase.failure] : []));
  const [first] = failures;
  if (first && failures.length > tolerated) {
    const running = children.flatMap((child, index) => (child && !isEnded(child) ? [index] : []));
    const aborted = isMap ? running.map((index) => iteration("Aborted", parent.state, index)) : [];
    return { started: [], step: await childrenFailed(parent, scope, tolerated > 0 ? tooMany(failures.length, tolerated) : first, aborted) };
  }
  if (children.every(isEnded)) {
    const results = children.flatMap((child) => (child?.phase.kind === "done" ? [child.phase.output] : []));
    return { started: [], step: await joined(parent, scope, results) };
  }
  const free = concurrency - children.filter((child) => child && !isEnded(child)).length;
  const next = [...children.keys()].filter((index) => !children[index]).slice(0, Math.max(0, free));
  return { started: next.map((index) => begin(parent, scope, index, isMap, now())) };
}

function begin(parent: Frame, scope: Scope, index: number, isMap: boolean, now: number) {
  const { level } = levelInside(parent, scope, index);
  const input = parent.phase.kind === "children" ? (parent.phase.inputs[index] ?? null) : null;
  const frame = { ...newFrame(childId(parent, index), level.StartAt, input, now), lastEventId: parent.lastEventId };
  return { frame, events: isMap ? [iteration("Started", parent.state, index)] : [] };
}
