import type { Json, Level, State } from "./definition.ts";

/** A field that may hold expressions, and which fields of `$states` have a value there. */
export interface Field {
  readonly at: string;
  readonly template: Json | undefined;
  readonly states: readonly string[];
}

const before = ["input", "context"];
const after = [...before, "result"];
const caught = [...before, "errorOutput"];
const field = (at: string, template: Json | undefined, states: readonly string[] = before): Field => ({ at, template, states });

function catchFields(state: State): Field[] {
  if (!("Catch" in state)) return [];
  return (state.Catch ?? []).flatMap(({ Assign, Output }, index) => [
    field(`Catch[${index}]/Assign`, Assign, caught),
    field(`Catch[${index}]/Output`, Output, caught),
  ]);
}

function ownFields(state: State): Field[] {
  switch (state.Type) {
    case "Task":
      return [field("Arguments", state.Arguments), field("TimeoutSeconds", state.TimeoutSeconds), field("HeartbeatSeconds", state.HeartbeatSeconds)];
    case "Wait":
      return [field("Seconds", state.Seconds), field("Timestamp", state.Timestamp)];
    case "Choice":
      return state.Choices.flatMap(({ Condition, Assign, Output }, index) => [
        field(`Choices[${index}]/Condition`, Condition),
        field(`Choices[${index}]/Assign`, Assign),
        field(`Choices[${index}]/Output`, Output),
      ]);
    case "Parallel":
      return [field("Arguments", state.Arguments)];
    case "Map":
      return [
        field("Items", state.Items),
        field("ItemSelector", state.ItemSelector),
        field("MaxConcurrency", state.MaxConcurrency),
        field("ToleratedFailureCount", state.ToleratedFailureCount),
        field("ToleratedFailurePercentage", state.ToleratedFailurePercentage),
      ];
    case "Fail":
      return [field("Error", state.Error), field("Cause", state.Cause)];
    default:
      return [];
  }
}

/** Every field of a state that may hold expressions. */
export function fieldsOf(state: State): Field[] {
  const hasResult = state.Type === "Task" || state.Type === "Parallel" || state.Type === "Map";
  const exits = [
    field("Assign", "Assign" in state ? state.Assign : undefined, hasResult ? after : before),
    field("Output", "Output" in state ? state.Output : undefined, hasResult ? after : before),
  ];
  return [...ownFields(state), ...exits, ...catchFields(state)].filter(({ template }) => template !== undefined);
}

/** One way out of a state: where to, and the variables that are set on the way. `to` is undefined where the level ends. */
export interface Exit {
  readonly to: string | undefined;
  readonly assigned: readonly string[];
}

export function exitsOf(state: State): Exit[] {
  const exit = (to: string | undefined, assign: object | undefined): Exit => ({ to, assigned: Object.keys(assign ?? {}) });
  if (state.Type === "Succeed" || state.Type === "Fail") return [];
  if (state.Type === "Choice")
    return [...state.Choices.map(({ Next, Assign }) => exit(Next, Assign)), ...(state.Default === undefined ? [] : [exit(state.Default, state.Assign)])];
  const caughtExits = "Catch" in state ? (state.Catch ?? []).map(({ Next, Assign }) => exit(Next, Assign)) : [];
  return [exit(state.Next, state.Assign), ...caughtExits];
}

/** The levels inside a state; `isolated` where they do not see the variables outside. */
export function levelsOf(state: State): { readonly level: Level; readonly isolated: boolean }[] {
  if (state.Type === "Parallel") return state.Branches.map((level) => ({ level, isolated: false }));
  if (state.Type !== "Map") return [];
  return [{ level: state.ItemProcessor, isolated: state.ItemProcessor.ProcessorConfig?.Mode === "DISTRIBUTED" }];
}

/** Every state of a level and of the levels inside it, with its name. */
export function everyState(level: Level): [string, State][] {
  return Object.entries(level.States).flatMap(([name, state]) => [
    [name, state] as [string, State],
    ...levelsOf(state).flatMap(({ level: inner }) => everyState(inner)),
  ]);
}
