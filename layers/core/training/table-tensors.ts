import type { ModelSignature, TensorSignature } from "#contracts/platform/model-signature.ts";
import { invalid } from "../errors.ts";
import type { Tensor } from "../serving/tensor.ts";
import type { FeatureColumn } from "./column-choice.ts";
import type { Column, Table } from "./table.ts";

const isWide = ({ inputs: [first, ...others] }: ModelSignature) => others.length === 0 && first?.shape.length === 2 && first.columns !== undefined;

const inputOf = ({ inputs }: ModelSignature, feature: string): TensorSignature => {
  const input = inputs.find(({ name }) => name === feature);
  if (!input) throw invalid(`model must have one input of all features or one for each, got none for ${feature}`);
  return input;
};

/** What kind of column each feature of a model must be. @throws DomainError when the model's inputs cannot be filled from a table */
export function featuresOf(signature: ModelSignature): readonly FeatureColumn[] {
  if (isWide(signature)) return (signature.inputs[0]?.columns ?? []).map((name) => ({ name, kind: "number" }));
  return signature.featureNames.map((name) => ({ name, kind: inputOf(signature, name).datatype === "BYTES" ? "text" : "number" }));
}

function numbers({ name, datatype }: TensorSignature, shape: readonly number[], values: Iterable<number>): Tensor {
  if (datatype === "FP32") return { name, datatype, shape, data: Float32Array.from(values) };
  if (datatype === "FP64") return { name, datatype, shape, data: Float64Array.from(values) };
  throw invalid(`input ${name} must be FP32, FP64 or BYTES to be filled from a table, got ${datatype}`);
}

function* rowMajor(columns: readonly Column[], from: number, to: number): Generator<number> {
  for (let row = from; row < to; row++) for (const { values } of columns) yield Number(values[row]);
}

/** Rows `from` to `to` of a table, whose columns are those of {@link featuresOf}, as the model takes them. */
export function tensorsOfTable(signature: ModelSignature, { columns }: Table, from: number, to: number): readonly Tensor[] {
  const rows = to - from;
  const [first] = signature.inputs;
  if (first && isWide(signature)) return [numbers(first, [rows, columns.length], rowMajor(columns, from, to))];
  return columns.map((column) => {
    const input = inputOf(signature, column.name);
    const shape = input.shape.length === 1 ? [rows] : [rows, 1];
    if (column.kind === "number") return numbers(input, shape, column.values.subarray(from, to));
    return { name: column.name, datatype: "BYTES", shape, data: column.values.slice(from, to) };
  });
}
