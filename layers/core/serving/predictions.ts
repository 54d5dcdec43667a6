import { fromHalf } from "./half.ts";
import { elementCount, rowCount, type Tensor } from "./tensor.ts";

/** A JSON value; 64-bit integers beyond 2^53 are `bigint`. NaN and infinities, which JSON lacks, are null. */
type Value = number | bigint | string | boolean | null;

const smallest = BigInt(Number.MIN_SAFE_INTEGER);
const largest = BigInt(Number.MAX_SAFE_INTEGER);

function valueAt({ datatype, data }: Tensor, index: number): Value {
  const value = data[index];
  if (value === undefined) return null;
  if (datatype === "BOOL") return value === 1;
  if (typeof value === "bigint") return value >= smallest && value <= largest ? Number(value) : value;
  const number = datatype === "FP16" && typeof value === "number" ? fromHalf(value) : value;
  return typeof number === "number" && !Number.isFinite(number) ? null : number;
}

const isFloat = ({ datatype }: Tensor) => datatype === "FP32" || datatype === "FP64" || datatype === "FP16";

/** All elements in row-major order, as JSON values. */
export function valuesOf(tensor: Tensor): Value[] {
  if (tensor.datatype === "FP32" || tensor.datatype === "FP64") {
    const values: Value[] = new Array(tensor.data.length);
    const data = tensor.data as Float64Array;
    for (let index = 0; index < data.length; index++) {
      const value = data[index] ?? 0;
      values[index] = Number.isFinite(value) ? value : null;
    }
    return values;
  }
  return Array.from({ length: tensor.data.length }, (_, index) => valueAt(tensor, index));
}

/** One entry per row: a value where a row has one element, else a flat list. */
export function rowsOfTensor(tensor: Tensor): (Value | Value[])[] {
  const width = elementCount(tensor.shape.slice(1));
  const values = valuesOf(tensor);
  if (width === 1) return values;
  return Array.from({ length: rowCount(tensor.shape) }, (_, row) => values.slice(row * width, (row + 1) * width));
}

/** One prediction per row: the output's value, or an object by output name where a model has several. */
export function predictionsOf(outputs: readonly Tensor[]): unknown[] {
  const [first] = outputs;
  if (!first) return [];
  const byName = outputs.map((output) => [output.name, rowsOfTensor(output)] as const);
  if (byName.length === 1) return rowsOfTensor(first);
  return Array.from({ length: rowCount(first.shape) }, (_, row) => Object.fromEntries(byName.map(([name, rows]) => [name, rows[row] ?? null])));
}

/** Rows in which an output is NaN or infinite: what a caller gets as null. */
export function countNullRows(outputs: readonly Tensor[]): number {
  const bad = new Set<number>();
  for (const output of outputs) {
    if (!isFloat(output)) continue;
    const width = elementCount(output.shape.slice(1)) || 1;
    for (let index = 0; index < output.data.length; index++) {
      const value = output.data[index];
      const finite = output.datatype === "FP16" ? ((value as number) & 0x7c00) !== 0x7c00 : Number.isFinite(value);
      if (!finite) bad.add(Math.floor(index / width));
    }
  }
  return bad.size;
}
