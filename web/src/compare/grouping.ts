import type { ChartRun } from "../charts/series-reply.ts";
import type { ComparedRun, ValueName } from "./values.ts";

type Group = NonNullable<ChartRun["group"]>;

const wordsOf = ({ values }: ComparedRun, names: readonly ValueName[]): string =>
  names
    .map((name) => {
      const value = values.get(name);
      const short = name.slice(name.indexOf(".") + 1);
      return value === undefined ? `${short} not set` : `${short} = ${value}`;
    })
    .join(", ");

/** The group of each run by its id: those that have the same values of some names, in the order of these; numbers by size, what is not set last. */
export function groupsBy(runs: readonly ComparedRun[], names: readonly ValueName[]): ReadonlyMap<string, Group> {
  if (names.length === 0) return new Map();
  const compared = ({ values: left }: ComparedRun, { values: right }: ComparedRun) => {
    for (const name of names) {
      const [a, b] = [left.get(name), right.get(name)];
      if (a === b) continue;
      if (a === undefined || b === undefined) return a === undefined ? 1 : -1;
      return Number(a) - Number(b) || String(a).localeCompare(String(b), "en", { numeric: true });
    }
    return 0;
  };
  const words = [...new Set(runs.toSorted(compared).map((run) => wordsOf(run, names)))];
  const groups = new Map(words.map((name, colour) => [name, { name, colour }]));
  return new Map(
    runs.flatMap((run) => {
      const group = groups.get(wordsOf(run, names));
      return group ? [[run.id, group] as const] : [];
    }),
  );
}
