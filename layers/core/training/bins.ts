import type { Matrix } from "./table.ts";

/** Every value replaced by the number of its bin. In column j, bin k holds the values up to `cuts[j][k]`, the bin after the last cut the rest, the one after that what is missing. */
export interface Bins {
  readonly rows: number;
  readonly cuts: readonly Float32Array[];
  readonly columns: readonly Uint8Array[];
}

/** With one cut at the maximum and the bins of "above all cuts" and "missing" a bin's number fits one byte. */
const mostCuts = 253;
/** Few rows need few cuts: one for eight of them. */
const cutsFor = (rows: number) => Math.min(mostCuts, Math.max(31, rows >> 3));

/** Halfway between neighbours in 32-bit floats, so that training and ONNX Runtime compare alike: lower <= cut < upper. */
function between(lower: number, upper: number): number {
  const middle = Math.fround(lower / 2 + upper / 2);
  return middle < upper && middle >= lower ? middle : lower;
}

function cutsOf(values: Float32Array): Float32Array {
  const maxCuts = cutsFor(values.length);
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const distinct = sorted.filter((value, i) => i === 0 || value !== sorted[i - 1]);
  const cuts: number[] = [];
  if (distinct.length <= maxCuts + 1) for (let i = 0; i + 1 < distinct.length; i++) cuts.push(between(distinct[i] ?? 0, distinct[i + 1] ?? 0));
  else cuts.push(...quantileCuts(sorted, maxCuts));
  // A cut at the maximum parts what is known from what is missing.
  if (sorted.length < values.length && sorted.length > 0) cuts.push(sorted.at(-1) ?? 0);
  return Float32Array.from(cuts);
}

function quantileCuts(sorted: Float32Array, maxCuts: number): number[] {
  const cuts: number[] = [];
  for (let part = 1; part <= maxCuts; part++) {
    const rank = Math.floor((part * sorted.length) / (maxCuts + 1));
    const upper = sorted[rank] ?? 0;
    const cut = between(sorted[rank - 1] ?? 0, upper);
    if (cut < upper && (cuts.length === 0 || cut > (cuts.at(-1) ?? 0))) cuts.push(cut);
  }
  return cuts;
}

function binOf(cuts: Float32Array, value: number): number {
  if (Number.isNaN(value)) return cuts.length + 1;
  let from = 0;
  let to = cuts.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((cuts[middle] ?? 0) < value) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** At most 256 bins a column: one for each distinct value where there are few, else of equal shares of the rows. */
export function binned({ rows, columns }: Matrix): Bins {
  const cuts = columns.map(cutsOf);
  return { rows, cuts, columns: columns.map((values, j) => Uint8Array.from(values, (value) => binOf(cuts[j] ?? new Float32Array(), value))) };
}
