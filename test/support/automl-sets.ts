import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Table } from "#core/training/table.ts";
import { encodeTarget, type Target } from "#core/training/target.ts";

const root = join(import.meta.dirname, "../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");

export type SetName = "breast_cancer" | "wine" | "diabetes" | "cal_like";
const files: Readonly<Record<SetName, string>> = {
  breast_cancer: "examples/data/breast-cancer/data.csv",
  wine: "examples/data/wine/data.csv",
  diabetes: "test/support/data/automl/diabetes.csv",
  cal_like: "test/support/data/automl/cal_like.csv",
};

/** A data set whose last column is the target, and five fixed choices of a quarter of its rows to test on. */
export interface DataSet {
  readonly names: readonly string[];
  readonly rows: readonly (readonly number[])[];
  readonly splits: readonly (readonly number[])[];
}

export function dataSet(name: SetName): DataSet {
  const [head = "", ...lines] = read(files[name]).trim().split(/\r?\n/);
  const splits = JSON.parse(read("test/support/data/automl/splits.json")) as Record<SetName, number[][]>;
  return { names: head.split(","), rows: lines.map((line) => line.split(",").map(Number)), splits: splits[name] };
}

const tableOf = ({ names, rows }: DataSet, chosen: readonly number[]): Table => ({
  rows: chosen.length,
  columns: names.slice(0, -1).map((name, j) => ({ name, kind: "number", values: Float32Array.from(chosen, (row) => rows[row]?.[j] ?? Number.NaN) })),
});

interface Part {
  readonly table: Table;
  readonly target: Target;
}

/** One split's rows to fit on, and its rows to test on with the target in the same unit or the same classes. */
export function splitOf(set: DataSet, problem: "classification" | "regression", test: readonly number[]): { readonly fit: Part; readonly test: Part } {
  const truth = (row: number) => set.rows[row]?.at(-1) ?? Number.NaN;
  const held = new Set(test);
  const rest = set.rows
    .keys()
    .filter((row) => !held.has(row))
    .toArray();
  const target = encodeTarget(problem, rest.map(truth));
  const tested: Target =
    target.kind === "values"
      ? { ...target, values: Float64Array.from(test, (row) => (truth(row) - target.mean) / target.scale) }
      : { ...target, codes: Int32Array.from(test, (row) => target.labels.map(Number).indexOf(truth(row))) };
  return { fit: { table: tableOf(set, rest), target }, test: { table: tableOf(set, test), target: tested } };
}
