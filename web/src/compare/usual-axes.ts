import { type ComparedRun, differs, namesOf, type ValueName } from "./values.ts";

const mostParams = 6;
const mostMetrics = 2;

/** The axes until somebody chooses: params that differ, then metrics that differ. */
export function usualAxes(runs: readonly ComparedRun[]): readonly ValueName[] {
  const varied = namesOf(runs).filter((name) => differs(runs, name));
  const of = (kind: string, most: number) => varied.filter((name) => name.startsWith(kind)).slice(0, most);
  return [...of("params.", mostParams), ...of("metrics.", mostMetrics)];
}

/** The first metric, if there is one. */
export const usualColour = (names: readonly ValueName[]): string => names.find((name) => name.startsWith("metrics.")) ?? "none";
