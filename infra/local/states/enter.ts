import { isExpression, type Json, type MapState, type State, type TaskState, type WaitState } from "#statemachines/definition.ts";
import { taskResources } from "#statemachines/task-resources.ts";
import { evaluate, evaluateInteger, evaluateText } from "./expressions.ts";
import type { Frame, Phase } from "./frame.ts";
import { childrenStarted, type EventDraft, stateEntered, taskScheduled, taskStarted } from "./history.ts";
import { failed, leave, leaveBy } from "./leave.ts";
import { bindings, type Scope, type Step, stateOf } from "./scope.ts";
import { StateError } from "./state-error.ts";

/** Iterations of one Map that run at once, at most: Step Functions' limit of an inline Map. */
const mostAtOnce = 40;
const begin = (frame: Frame, phase: Phase): Frame => ({ ...frame, visit: frame.visit + 1, phase });

export function resourceOf(state: TaskState) {
  const resource = taskResources.get(state.Resource);
  if (!resource) throw new StateError("States.Runtime", `no resource ${state.Resource}`);
  return resource;
}

async function enterTask(frame: Frame, scope: Scope, state: TaskState): Promise<Step> {
  const resource = resourceOf(state);
  const token = resource.pattern === "token" ? scope.newToken(frame) : undefined;
  const known = bindings(frame, scope, token === undefined ? {} : { token });
  const limit = async (template: number | string | undefined, at: string) =>
    template === undefined ? undefined : await evaluateInteger(template, at, known, 1);
  const timeoutSeconds = await limit(state.TimeoutSeconds, "TimeoutSeconds");
  const heartbeatSeconds = await limit(state.HeartbeatSeconds, "HeartbeatSeconds");
  const parameters = await evaluate(state.Arguments ?? {}, "Arguments", known);
  const now = scope.now();
  const limits = { ...(timeoutSeconds !== undefined && { timeoutSeconds }), ...(heartbeatSeconds !== undefined && { heartbeatSeconds }) };
  return {
    frame: begin(frame, {
      kind: "task",
      arguments: parameters,
      submitted: false,
      ...limits,
      ...(token !== undefined && { token }),
      ...(timeoutSeconds !== undefined && { deadline: now + timeoutSeconds * 1000 }),
      ...(heartbeatSeconds !== undefined && { heartbeatBy: now + heartbeatSeconds * 1000 }),
    }),
    events: [taskScheduled(resource, parameters, limits), taskStarted(resource)],
  };
}

async function enterWait(frame: Frame, scope: Scope, { Seconds, Timestamp }: WaitState): Promise<Step> {
  const known = bindings(frame, scope);
  if (Seconds !== undefined)
    return { frame: begin(frame, { kind: "wait", until: frame.enteredAt + (await evaluateInteger(Seconds, "Seconds", known, 0)) * 1000 }), events: [] };
  const timestamp = await evaluateText(Timestamp ?? "", "Timestamp", known);
  const until = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(timestamp) ? Date.parse(timestamp) : Number.NaN;
  if (Number.isNaN(until))
    throw new StateError("States.QueryEvaluationError", `The field 'Timestamp' must be an ISO 8601 time, got '${timestamp}'`, "Timestamp");
  return { frame: begin(frame, { kind: "wait", until }), events: [] };
}

async function toleratedFailures(state: MapState, count: number, known: Readonly<Record<string, unknown>>): Promise<number> {
  const { ToleratedFailureCount: most, ToleratedFailurePercentage: share } = state;
  if (most === undefined && share === undefined) return 0;
  const byCount = most === undefined ? count : await evaluateInteger(most, "ToleratedFailureCount", known, 0);
  const percentage = share === undefined ? 100 : Number(await evaluate(share, "ToleratedFailurePercentage", known));
  return Math.min(byCount, Math.floor((percentage * count) / 100));
}

async function enterMap(frame: Frame, scope: Scope, state: MapState): Promise<Step> {
  const known = bindings(frame, scope);
  const items = state.Items === undefined ? frame.input : await evaluate(state.Items, "Items", known);
  if (!Array.isArray(items))
    throw new StateError("States.QueryEvaluationError", `The field 'Items' must be an array, got ${JSON.stringify(items).slice(0, 100)}`, "Items");
  const values: readonly Json[] = items;
  const concurrency = state.MaxConcurrency === undefined ? 0 : await evaluateInteger(state.MaxConcurrency, "MaxConcurrency", known, 0);
  const tolerated = await toleratedFailures(state, values.length, known);
  const { ItemSelector } = state;
  const started = childrenStarted("Map", values.length);
  const select = async (value: Json, index: number) => await evaluate(ItemSelector ?? null, "ItemSelector", bindings(frame, scope, { item: { index, value } }));
  const inputs = ItemSelector === undefined ? values : await Promise.all(values.map(select));
  const phase: Phase = {
    kind: "children",
    inputs,
    concurrency: Math.min(concurrency === 0 ? mostAtOnce : concurrency, mostAtOnce),
    tolerated,
    ...(ItemSelector !== undefined && { items: values }),
  };
  return { frame: begin(frame, phase), events: [started] };
}

async function choose(frame: Frame, scope: Scope, state: Extract<State, { Type: "Choice" }>): Promise<Step> {
  const known = bindings(frame, scope);
  for (const [index, rule] of state.Choices.entries()) {
    const at = `Choices[${index}]/`;
    const holds = await evaluate(rule.Condition, `${at}Condition`, known);
    if (typeof holds !== "boolean")
      throw new StateError("States.QueryEvaluationError", `The field '${at}Condition' must be true or false, got ${JSON.stringify(holds)}`, `${at}Condition`);
    if (holds) return await leaveBy(frame, scope, { next: rule.Next, assign: rule.Assign, output: rule.Output, fallback: frame.input, at });
  }
  if (state.Default === undefined) throw new StateError("States.NoChoiceMatched", `no rule of the state ${frame.state} matched, and it has no Default`);
  return await leaveBy(frame, scope, { next: state.Default, assign: state.Assign, output: state.Output, fallback: frame.input });
}

async function fail(frame: Frame, scope: Scope, { Error: name = "", Cause = "" }: Extract<State, { Type: "Fail" }>): Promise<Step> {
  const known = bindings(frame, scope);
  const text = async (template: string, at: string) => (isExpression(template) ? await evaluateText(template, at, known) : template);
  return { frame: failed(frame, { error: await text(name, "Error"), cause: await text(Cause, "Cause") }), events: [] };
}

async function enterByType(frame: Frame, scope: Scope, state: State): Promise<Step> {
  switch (state.Type) {
    case "Task":
      return await enterTask(frame, scope, state);
    case "Wait":
      return await enterWait(frame, scope, state);
    case "Choice":
      return await choose(frame, scope, state);
    case "Map":
      return await enterMap(frame, scope, state);
    case "Parallel": {
      const input = state.Arguments === undefined ? frame.input : await evaluate(state.Arguments, "Arguments", bindings(frame, scope));
      const inputs = state.Branches.map(() => input);
      return {
        frame: begin(frame, { kind: "children", inputs, concurrency: inputs.length, tolerated: 0 }),
        events: [childrenStarted("Parallel", inputs.length)],
      };
    }
    case "Fail":
      return await fail(frame, scope, state);
    default:
      return await leave(frame, scope);
  }
}

/** The event of entering, which a repeated attempt does not write again. */
export const entering = (frame: Frame, scope: Scope): EventDraft[] =>
  frame.retries.length > 0 ? [] : [stateEntered(stateOf(frame, scope).Type, frame.state, frame.input)];

/** Enters the state of a frame that is ready. @throws StateError for the state's Retry and Catch */
export const enter = async (frame: Frame, scope: Scope): Promise<Step> => await enterByType(frame, scope, stateOf(frame, scope));
