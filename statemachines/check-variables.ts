import type { Level } from "./definition.ts";
import { expressionsIn, namesIn } from "./expression-names.ts";
import { exitsOf, fieldsOf, levelsOf } from "./state-fields.ts";

/** For each state, the variables that some path from the level's start has set before it. */
function maySet(level: Level, outer: ReadonlySet<string>): Map<string, ReadonlySet<string>> {
  const before = new Map<string, Set<string>>();
  const queue: [string, ReadonlySet<string>][] = [[level.StartAt, outer]];
  for (let next = queue.pop(); next; next = queue.pop()) {
    const [name, arriving] = next;
    const state = level.States[name];
    const known = before.get(name);
    if (!state || (known && arriving.isSubsetOf(known))) continue;
    const merged = (known ?? new Set()).union(arriving);
    before.set(name, merged);
    for (const { to, assigned } of exitsOf(state)) if (to !== undefined) queue.push([to, merged.union(new Set(assigned))]);
  }
  return before;
}

const assignedIn = (level: Level) => new Set(Object.values(level.States).flatMap((state) => exitsOf(state).flatMap(({ assigned }) => assigned)));

function checkLevel(level: Level, outer: ReadonlySet<string>, taken: ReadonlySet<string>): string[] {
  const before = maySet(level, outer);
  const own = assignedIn(level);
  return Object.entries(level.States).flatMap(([name, state]) => {
    const visible = before.get(name) ?? new Set<string>();
    const fields = fieldsOf(state).flatMap(({ at, template, states }) =>
      expressionsIn(template, at).flatMap((found) => {
        const names = namesIn(found.source);
        const where = `state ${name}: ${found.at}`;
        return [
          ...names.problems.map((problem) => `${where}: ${problem}`),
          ...[...names.variables].filter((variable) => !visible.has(variable)).map((variable) => `${where}: $${variable} is not assigned on any way here`),
          ...[...names.states].filter((used) => !states.includes(used)).map((used) => `${where}: $states.${used} has no value here, only ${states.join(", ")}`),
        ];
      }),
    );
    const clashes = new Set(exitsOf(state).flatMap(({ assigned }) => assigned.filter((variable) => taken.has(variable) || variable === "states")));
    return [
      ...fields,
      ...[...clashes].map((variable) => `state ${name}: Assign: ${variable} belongs to an outer level or is reserved`),
      ...levelsOf(state).flatMap(({ level: inner, isolated }) => checkLevel(inner, isolated ? new Set() : visible, isolated ? new Set() : taken.union(own))),
    ];
  });
}

/** @returns every use of a name that has no value where it is used, each naming its state and field */
export const checkVariables = (definition: Level): string[] => checkLevel(definition, new Set(), new Set());
