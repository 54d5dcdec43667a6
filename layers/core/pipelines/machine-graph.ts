import type { MachineGraph, MachineTransition } from "#contracts/platform/machine-graph.ts";

interface AslLevel {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, AslState>>;
}
interface AslState {
  readonly Type: string;
  readonly Comment?: string;
  readonly Next?: string;
  readonly Default?: string;
  readonly Choices?: readonly { readonly Condition?: string; readonly Next: string }[];
  readonly Catch?: readonly { readonly ErrorEquals: readonly string[]; readonly Next: string }[];
  readonly Retry?: readonly { readonly MaxAttempts?: number }[];
  readonly Branches?: readonly AslLevel[];
  readonly ItemProcessor?: AslLevel;
}

/** Amazon States Language: a retrier without MaxAttempts tries three times again. */
const defaultAttempts = 3;
const bare = (expression: string | undefined) => expression?.replace(/^\{%\s*|\s*%\}$/g, "");

function transitionsOf(from: string, state: AslState): MachineTransition[] {
  const to = (target: string, kind: MachineTransition["kind"], label?: string): MachineTransition => ({ from, to: target, kind, ...(label && { label }) });
  return [
    ...(state.Branches ?? []).map(({ StartAt }) => to(StartAt, "branch")),
    ...(state.ItemProcessor ? [to(state.ItemProcessor.StartAt, "branch", "each item")] : []),
    ...(state.Choices ?? []).map(({ Condition, Next }) => to(Next, "choice", bare(Condition))),
    ...(state.Default === undefined ? [] : [to(state.Default, "default")]),
    ...(state.Next === undefined ? [] : [to(state.Next, "next")]),
    ...(state.Catch ?? []).map(({ ErrorEquals, Next }) => to(Next, "catch", ErrorEquals.join(", "))),
  ];
}

function levelOf({ StartAt, States }: AslLevel, within?: string): MachineGraph {
  const parts = Object.entries(States).map(([name, state]): MachineGraph => {
    const { Type: type, Comment: comment, Retry = [], Branches = [], ItemProcessor } = state;
    const inner = [...Branches, ...(ItemProcessor ? [ItemProcessor] : [])].map((level) => levelOf(level, name));
    const retries = Retry.reduce((sum, { MaxAttempts = defaultAttempts }) => sum + MaxAttempts, 0);
    const own = { name, type, ...(comment && { comment }), ...(within !== undefined && { within }), isStart: name === StartAt, retries };
    return {
      states: [own, ...inner.flatMap(({ states }) => states)],
      transitions: [...transitionsOf(name, state), ...inner.flatMap(({ transitions }) => transitions)],
    };
  });
  return { states: parts.flatMap(({ states }) => states), transitions: parts.flatMap(({ transitions }) => transitions) };
}

/** @param definition in the Amazon States Language, as Step Functions accepted it: names are unique in all its depth */
export const graphOf = (definition: string): MachineGraph => levelOf(JSON.parse(definition) as AslLevel);
