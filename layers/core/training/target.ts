import { invalid } from "../errors.ts";

/** Class names: whole numbers where every value of the target is one, else text. Ascending; the last of two is the positive class. */
type Labels = readonly number[] | readonly string[];

/** What is to be predicted, one entry a row. `values` are standardised: the value in the target's own unit is `value * scale + mean`. */
export type Target =
  | { readonly kind: "classes"; readonly labels: Labels; readonly codes: Int32Array }
  | { readonly kind: "values"; readonly mean: number; readonly scale: number; readonly values: Float64Array };
export type RawTarget = readonly (number | string)[];

/** How many raw scores a model has for a row: one for a number or two classes, else one for each class. */
export const scoreCount = (target: Target) => (target.kind === "classes" && target.labels.length > 2 ? target.labels.length : 1);

const maxClasses = 100;

function classes(raw: RawTarget): Target {
  const whole = raw.every((value) => Number.isSafeInteger(value));
  const labels = whole ? [...new Set(raw.map(Number))].sort((a, b) => a - b) : [...new Set(raw.map(String))].sort((a, b) => (a < b ? -1 : 1));
  if (labels.length < 2 || labels.length > maxClasses)
    throw invalid(`target must have 2 to ${maxClasses} classes, got ${labels.length}${labels.length === 1 ? ` (${labels[0]})` : ""}`);
  const code = new Map<number | string, number>(labels.map((label, index) => [label, index]));
  return { kind: "classes", labels, codes: Int32Array.from(raw, (value) => code.get(whole ? Number(value) : String(value)) ?? 0) };
}

function values(raw: RawTarget): Target {
  const numbers = Float64Array.from(raw, Number);
  const wrong = numbers.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) throw invalid(`target must be a finite number in every row for regression, got ${String(raw[wrong]).slice(0, 100)}`);
  const mean = Math.fround(numbers.reduce((sum, value) => sum + value, 0) / numbers.length);
  const scale = Math.fround(Math.sqrt(numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0) / numbers.length)) || 1;
  return { kind: "values", mean, scale, values: numbers.map((value) => (value - mean) / scale) };
}

/** @throws DomainError when there are too few rows, too few or too many classes, or a value is not a number where one is needed */
export function encodeTarget(problem: "classification" | "regression", raw: RawTarget): Target {
  if (raw.length < 10) throw invalid(`training data must have at least 10 rows with a target, got ${raw.length}`);
  return problem === "classification" ? classes(raw) : values(raw);
}

/** The target of the named rows alone, with the same classes or unit. */
export const takeTarget = (target: Target, rows: Int32Array): Target =>
  target.kind === "classes"
    ? { ...target, codes: rows.map((row) => target.codes[row] ?? 0) }
    : { ...target, values: Float64Array.from(rows, (row) => target.values[row] ?? 0) };
