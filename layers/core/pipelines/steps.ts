import type { ExecutionStep, ExecutionStepData } from "#contracts/platform/pipelines.ts";

/** Who did a step's work: a function, by name or ARN, or a training job. */
export interface Worker {
  readonly kind: "function" | "trainingJob";
  readonly name: string;
}
/** A step, and who has worked for it, each once, in the order in which they began. */
export interface StepRecord extends ExecutionStepData {
  readonly workers: readonly Worker[];
}

/** One event of an execution's history, in the few terms that steps are made of. */
export interface StepEvent {
  readonly id: number;
  /** The event that led to this one: every parallel branch has a line of its own. */
  readonly previous: number;
  readonly at: number;
  /**
   * `answered`: a task's result. `waiting`: for an answer from outside. `paused`: a Wait, after which the state before it is entered again.
   * `branchFailed`: a Parallel or Map gives up. `ended`: the execution.
   */
  readonly kind: "entered" | "exited" | "attempted" | "answered" | "waiting" | "paused" | "failed" | "branchFailed" | "ended" | "other";
  /** The state entered or exited. */
  readonly state?: string;
  /** Of `entered`: a Parallel or Map. */
  readonly hasBranches?: boolean;
  readonly error?: string;
  /** Of `entered`, `exited`: the state's input or output as JSON, where it was kept whole. */
  readonly data?: string;
  /** Of a failure. */
  readonly cause?: string;
  /** Of `answered`: the result was an earlier execution's. */
  readonly cached?: boolean;
  /** Of `attempted`: who was asked, where that is known. */
  readonly worker?: Worker;
}

interface Draft extends ExecutionStep {
  readonly hasBranches: boolean;
  readonly input?: string;
  readonly output?: string;
  readonly cause?: string;
  readonly workers: readonly Worker[];
}
type Change = Partial<Pick<Draft, "status" | "attempts" | "cached" | "input" | "workers">>;

/** Step Functions' own JSON. */
const parsed = (text: string) => JSON.parse(text) as Exclude<ExecutionStepData["input"], undefined>;
const isOpen = ({ endedAt }: Draft) => endedAt === undefined;
/** A step that goes on: what its last attempt came to no longer counts. */
const again = ({ error: _error, cause: _cause, endedAt: _endedAt, ...step }: Draft, change: Change): Draft => ({ ...step, ...change });
const withError = (step: Draft, error: string | undefined, cause?: string): Draft =>
  error === undefined ? step : { ...step, error, ...(cause !== undefined && { cause }) };
const ended = (step: Draft, at: number, error?: string): Draft =>
  isOpen(step) ? { ...withError(step, step.error ?? error), ...(step.waited && { waited: { to: at, ...step.waited } }), status: "failed", endedAt: at } : step;

/** The index of the step that an event belongs to; -1 for none. */
function ownerOf(steps: Draft[], owners: ReadonlyMap<number, number>, { kind, state = "", previous, at, hasBranches = false }: StepEvent): number {
  if (kind === "entered" && steps.at(-1)?.name !== state)
    return steps.push({ name: state, status: "running", startedAt: at, attempts: 0, hasBranches, workers: [] }) - 1;
  if (kind === "entered" || kind === "paused") return steps.length - 1;
  if (kind === "exited") return steps.findLastIndex((step) => isOpen(step) && step.name === state);
  if (kind === "branchFailed") return steps.findLastIndex((step) => isOpen(step) && step.hasBranches);
  return owners.get(previous) ?? -1;
}

const joined = (workers: readonly Worker[], worker?: Worker): readonly Worker[] =>
  worker && !workers.some(({ name }) => name === worker.name) ? [...workers, worker] : workers;

/**
 * What an event makes of a wait: it begins with a pause, and ends with whatever the step does next; a further pause makes it longer. A step with which the
 * execution had failed waited until it was retried.
 */
function waitedAfter({ waited, endedAt }: Draft, { kind, at }: StepEvent): Pick<Draft, "waited"> {
  if (endedAt !== undefined && (kind === "entered" || kind === "attempted")) return { waited: { from: waited?.from ?? endedAt, to: at } };
  if (kind === "waiting" || kind === "paused") return { waited: { from: waited?.from ?? at } };
  return waited && waited.to === undefined && kind !== "other" ? { waited: { ...waited, to: at } } : {};
}

function changed(step: Draft, { kind, at, error, cause, cached, data, worker }: StepEvent): Draft {
  if (kind === "entered") return again(step, { status: "running", ...(step.input === undefined && data !== undefined && { input: data }) });
  if (kind === "exited")
    return { ...step, status: step.error === undefined ? "succeeded" : "failed", endedAt: at, ...(data !== undefined && { output: data }) };
  if (kind === "attempted") return again(step, { status: "running", attempts: step.attempts + 1, workers: joined(step.workers, worker) });
  if (kind === "answered") return again(step, cached === true ? { cached } : {});
  if (kind === "waiting" || kind === "paused") return again(step, { status: "waiting" });
  return kind === "failed" ? withError(step, error, cause) : step;
}

/** What a branch's failure does to its siblings, and to the step that they are branches of. */
function giveUp(steps: Draft[], container: number, at: number): void {
  const error = steps.slice(container + 1).find((step) => isOpen(step) && step.error !== undefined)?.error ?? "States.BranchFailed";
  for (const [index, step] of steps.entries()) {
    if (index === container) steps[index] = withError(step, error);
    else if (index > container) steps[index] = ended(step, at);
  }
}

/**
 * The states of an execution in the order in which they were entered, each entry one step; a state that is entered again after a pause is one step
 * that goes on. Events must be in the order of the history.
 */
export function stepsOf(events: readonly StepEvent[]): StepRecord[] {
  const steps: Draft[] = [];
  const owners = new Map<number, number>();
  for (const event of events) {
    const owner = ownerOf(steps, owners, event);
    const step = steps[owner];
    if (step) {
      owners.set(event.id, owner);
      steps[owner] = { ...changed(step, event), ...waitedAfter(step, event) };
    }
    if (event.kind === "branchFailed") giveUp(steps, owner, event.at);
    if (event.kind === "ended") for (const [index, open] of steps.entries()) steps[index] = ended(open, event.at, event.error);
  }
  return steps.map(({ hasBranches: _hasBranches, input, output, cause, workers, ...step }) => ({
    step,
    workers,
    ...(input !== undefined && { input: parsed(input) }),
    ...(output !== undefined && { output: parsed(output) }),
    ...(cause !== undefined && { cause }),
  }));
}
