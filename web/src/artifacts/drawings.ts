import type { Table } from "./table.ts";
import { tableOf } from "./table.ts";

export interface ConfusionMatrix {
  readonly kind: "confusion";
  readonly labels: readonly string[];
  /** By actual, then by predicted class. */
  readonly counts: readonly (readonly number[])[];
}
export interface Curve {
  readonly name: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
}
export interface Curves {
  readonly kind: "roc" | "precisionRecall";
  readonly curves: readonly Curve[];
}
export type Drawing = ConfusionMatrix | Curves;

const mostClasses = 200;
type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null && !Array.isArray(value);
const isNumbers = (value: unknown): value is readonly number[] => Array.isArray(value) && value.length > 1 && value.every((item) => typeof item === "number");
const isSquare = (value: unknown): value is readonly (readonly number[])[] =>
  Array.isArray(value) && value.length > 1 && value.length <= mostClasses && value.every((row) => isNumbers(row) && row.length === value.length);

function matrixIn(value: Fields | readonly unknown[], isNamed: boolean): ConfusionMatrix | undefined {
  const fields = isFields(value) ? value : {};
  const counts = fields["confusion_matrix"] ?? fields["matrix"] ?? (isNamed ? (fields["data"] ?? value) : undefined);
  if (!isSquare(counts)) return undefined;
  const given = fields["labels"] ?? fields["classes"] ?? fields["class_names"] ?? fields["columns"];
  const labels = Array.isArray(given) && given.length === counts.length ? given.map(String) : counts.map((_, index) => String(index));
  return { kind: "confusion", labels, counts };
}

function columnNamed({ columns }: Table, names: RegExp): number {
  return columns.findIndex((column) => names.test(column.trim()));
}

/** One row for each pair of classes: actual, predicted, how often. Without a count each row is one case. */
function matrixOfPairs(table: Table): ConfusionMatrix | undefined {
  const actual = columnNamed(table, /^(actual|true|truth|y_?true|target|label)(_?(class|label))?$/i);
  const predicted = columnNamed(table, /^(predicted|predictions?|pred|y_?pred)(_?(class|label))?$/i);
  const count = columnNamed(table, /^(count|n|n_?predictions|value|frequency)$/i);
  if (actual < 0 || predicted < 0) return undefined;
  const labels = [...new Set(table.rows.flatMap((row) => [String(row[actual]), String(row[predicted])]))].toSorted((left, right) =>
    left.localeCompare(right, "en", { numeric: true }),
  );
  if (labels.length < 2 || labels.length > mostClasses || (count < 0 && labels.length > 50)) return undefined;
  const counts = labels.map(() => labels.map(() => 0));
  for (const row of table.rows) {
    const line = counts[labels.indexOf(String(row[actual]))];
    const place = labels.indexOf(String(row[predicted]));
    if (line) line[place] = (line[place] ?? 0) + (count < 0 ? 1 : Number(row[count]) || 0);
  }
  return { kind: "confusion", labels, counts };
}

const axes = { roc: [/^(fpr|false_?positive_?rate)$/i, /^(tpr|true_?positive_?rate)$/i], precisionRecall: [/^recall$/i, /^precision$/i] } as const;

function curvesOfTable(table: Table): Curves | undefined {
  for (const kind of ["roc", "precisionRecall"] as const) {
    const [x, y] = axes[kind].map((names) => columnNamed(table, names));
    if (x === undefined || y === undefined || x < 0 || y < 0 || table.rows.length < 2) continue;
    const by = columnNamed(table, /^(class|label|name|curve)$/i);
    const names = by < 0 ? [""] : [...new Set(table.rows.map((row) => String(row[by])))].slice(0, 40);
    const curves = names.map((name) => {
      const rows = by < 0 ? table.rows : table.rows.filter((row) => String(row[by]) === name);
      return { name: name || "all", x: rows.map((row) => Number(row[x])), y: rows.map((row) => Number(row[y])) };
    });
    return { kind, curves };
  }
  return undefined;
}

function curveIn(fields: Fields, kind: "roc" | "precisionRecall", name: string): Curve | undefined {
  const [x, y] = axes[kind].map((names) => Object.entries(fields).find(([key]) => names.test(key))?.[1]);
  return isNumbers(x) && isNumbers(y) && x.length === y.length ? { name, x, y } : undefined;
}

function curvesIn(value: Fields): Curves | undefined {
  for (const kind of ["roc", "precisionRecall"] as const) {
    const own = curveIn(value, kind, "all");
    const nested = Object.entries(value).flatMap(([name, item]) => (isFields(item) ? (curveIn(item, kind, name) ?? []) : []));
    const curves = own ? [own] : nested;
    if (curves.length > 0) return { kind, curves };
  }
  return undefined;
}

/**
 * What a document or table can be drawn as: a confusion matrix (a square of counts under `matrix` or `confusion_matrix`, or in a file of
 * that name; or rows of actual, predicted, count), a ROC curve (`fpr`, `tpr`), a precision-recall curve (`precision`, `recall`), one or by class.
 */
export function drawingOf(path: string, value: unknown): Drawing | undefined {
  const isNamed = /confusion/i.test(path);
  const table = tableOf(value);
  const fields = isFields(value) ? curvesIn(value) : undefined;
  const matrix = isFields(value) || Array.isArray(value) ? matrixIn(value, isNamed) : undefined;
  return matrix ?? fields ?? (table && (matrixOfPairs(table) ?? curvesOfTable(table)));
}

/** Adds the area under a curve by trapezoids. */
export function areaUnder({ x, y }: Curve): number {
  let area = 0;
  for (let at = 1; at < x.length; at += 1) area += (((y[at] ?? 0) + (y[at - 1] ?? 0)) / 2) * ((x[at] ?? 0) - (x[at - 1] ?? 0));
  return Math.abs(area);
}
