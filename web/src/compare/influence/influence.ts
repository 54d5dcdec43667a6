import { type ComparedRun, differs, namesOf, numberIn, type ValueName } from "../values.ts";
import { importanceOf } from "./importance.ts";
import { spearman } from "./spearman.ts";

/** What one param has to do with a metric. */
export interface Influence {
  readonly name: ValueName;
  /** Different values among the runs that count; one that is not set is a value too. */
  readonly different: number;
  /** Undefined where the param is no number, or too few runs have both. */
  readonly correlation: number | undefined;
  /** Runs with a number for both. */
  readonly pairs: number;
  /** Undefined where there are too few runs to tell. */
  readonly importance: number | undefined;
}
export interface Influences {
  /** Runs with a finite value of the metric; only these count. */
  readonly runs: number;
  /** @see Importance */
  readonly explained: number | undefined;
  readonly params: readonly Influence[];
}

const finiteIn = (run: ComparedRun, name: ValueName): number | undefined => {
  const value = numberIn(run.values.get(name));
  return value !== undefined && Number.isFinite(value) ? value : undefined;
};

/** A param as numbers: itself where all its values are, else their places in order; what is not set lies below all. */
function columnOf(runs: readonly ComparedRun[], name: ValueName): readonly number[] {
  const isNumeric = runs.every((run) => !run.values.has(name) || finiteIn(run, name) !== undefined);
  const words = [...new Set(runs.flatMap(({ values }) => (values.has(name) ? [String(values.get(name))] : [])))].toSorted((left, right) =>
    left.localeCompare(right, "en", { numeric: true }),
  );
  const places = runs.map((run) => (isNumeric ? finiteIn(run, name) : run.values.has(name) ? words.indexOf(String(run.values.get(name))) : undefined));
  const least = places.reduce<number>((low, place) => Math.min(low, place ?? low), 0);
  return places.map((place) => place ?? least - Math.abs(least) - 1);
}

/** What the params of runs have to do with one of their metrics. A param that is the same in every run that counts is left out. */
export function influencesOn(metric: ValueName, all: readonly ComparedRun[]): Influences {
  const runs = all.filter((run) => finiteIn(run, metric) !== undefined);
  const target = runs.map((run) => finiteIn(run, metric) ?? 0);
  const names = namesOf(runs).filter((name) => name.startsWith("params.") && differs(runs, name));
  const importance = importanceOf({ columns: names.map((name) => columnOf(runs, name)), target });
  const params = names.map((name, index): Influence => {
    const isNumeric = runs.every((run) => !run.values.has(name) || numberIn(run.values.get(name)) !== undefined);
    const pairs = runs.flatMap((run, row): (readonly [number, number])[] => {
      const value = finiteIn(run, name);
      return value === undefined ? [] : [[value, target[row] ?? 0]];
    });
    return {
      name,
      different: new Set(runs.map(({ values }) => values.get(name))).size,
      correlation: isNumeric ? spearman(pairs) : undefined,
      pairs: isNumeric ? pairs.length : 0,
      importance: importance?.shares[index],
    };
  });
  return { runs: runs.length, explained: importance?.explained, params: params.toSorted((a, b) => (b.importance ?? 0) - (a.importance ?? 0)) };
}
