import type { Level, State } from "./definition.ts";
import { everyState, exitsOf, levelsOf } from "./state-fields.ts";

/** States that the level can get to from its first one. */
function reachable(level: Level): Set<string> {
  const found = new Set<string>();
  const visit = (name: string): void => {
    const state = level.States[name];
    if (!state || found.has(name)) return;
    found.add(name);
    for (const { to } of exitsOf(state)) if (to !== undefined) visit(to);
  };
  visit(level.StartAt);
  return found;
}

function endings(name: string, state: State): string[] {
  if (!("Next" in state || "End" in state) && (state.Type === "Succeed" || state.Type === "Fail" || state.Type === "Choice")) return [];
  const { Next, End } = state as { Next?: string; End?: true };
  if ((Next === undefined) === (End === undefined)) return [`state ${name}: exactly one of Next and End must be set`];
  return [];
}

/** Targets that do not exist, states that nothing leads to, levels that cannot end. */
function checkLevel(level: Level, where: string): string[] {
  const names = new Set(Object.keys(level.States));
  const start = names.has(level.StartAt) ? [] : [`${where}: StartAt names ${level.StartAt}, which is not a state of it`];
  const reached = reachable(level);
  const states = Object.entries(level.States).flatMap(([name, state]) => [
    ...endings(name, state),
    ...exitsOf(state).flatMap(({ to }) => (to === undefined || names.has(to) ? [] : [`state ${name}: leads to ${to}, which is not a state of its level`])),
    ...(start.length === 0 && !reached.has(name) ? [`state ${name}: nothing leads to it`] : []),
    ...levelsOf(state).flatMap(({ level: inner }, index) => checkLevel(inner, `state ${name}: level ${index}`)),
  ]);
  const ends = Object.values(level.States).some((state) => state.Type === "Succeed" || state.Type === "Fail" || ("End" in state && state.End === true));
  return [...start, ...states, ...(ends ? [] : [`${where}: no state ends it`])];
}

/** @returns every problem of the graph, each naming its state */
export function checkFlow(definition: Level): string[] {
  const names = everyState(definition).map(([name]) => name);
  const twice = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  return [...checkLevel(definition, "the machine"), ...[...twice].map((name) => `state ${name}: the name is used twice in the machine`)];
}
