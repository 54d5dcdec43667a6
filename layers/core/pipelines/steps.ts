import type { ExecutionStep } from "#contracts/platform/pipelines.ts";

/** One event of an execution's history, in the few terms that steps are made of. */
export interface StepEvent {
  readonly at: number;
  readonly kind: "entered" | "exited" | "attempted" | "waiting" | "failed" | "ended";
  /** The state entered or exited. */
  readonly state?: string;
  readonly error?: string;
}

/** The states of an execution in the order in which they were entered, each entry one step; events must be in the order of the history. */
export function stepsOf(events: readonly StepEvent[]): ExecutionStep[] {
  const steps: ExecutionStep[] = [];
  const openIndex = (state?: string) => steps.findLastIndex(({ name, endedAt }) => endedAt === undefined && (state === undefined || name === state));
  const change = (index: number, fields: Partial<ExecutionStep>) => {
    const step = steps[index];
    if (step) steps[index] = { ...step, ...fields };
  };
  for (const { at, kind, state, error } of events) {
    if (kind === "entered") steps.push({ name: state ?? "", status: "running", startedAt: at, attempts: 0 });
    else if (kind === "exited") change(openIndex(state), { status: "succeeded", endedAt: at });
    else if (kind === "attempted") change(openIndex(), { status: "running", attempts: (steps[openIndex()]?.attempts ?? 0) + 1 });
    else if (kind === "waiting") change(openIndex(), { status: "waiting" });
    else if (kind === "failed") change(openIndex(), { ...(error !== undefined && { error }) });
    else for (let index = openIndex(); index >= 0; index = openIndex()) change(index, { status: "failed", endedAt: at, ...(error !== undefined && { error }) });
  }
  return steps;
}
