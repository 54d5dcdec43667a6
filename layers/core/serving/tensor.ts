import { invalid } from "../errors.ts";

/** Element types of tensors, by their names in the Open Inference Protocol (V2), section "Tensor Data Types". */
export type Datatype = "BOOL" | "UINT8" | "UINT16" | "UINT32" | "UINT64" | "INT8" | "INT16" | "INT32" | "INT64" | "FP16" | "FP32" | "FP64" | "BYTES";

export type NumericArray =
  | Float32Array
  | Float64Array
  | Int8Array
  | Int16Array
  | Int32Array
  | BigInt64Array
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | BigUint64Array;
/** BOOL is one byte per element, FP16 its 16 bits as an integer, BYTES a list of strings. */
export type TensorData = NumericArray | string[];

/** Values in row-major order; the length of `data` is the product of `shape`. */
export interface Tensor {
  readonly name: string;
  readonly datatype: Datatype;
  readonly shape: readonly number[];
  readonly data: TensorData;
}

/** What a model takes or gives; -1 in the shape is a dimension of any size. */
export interface TensorSpec {
  readonly name: string;
  readonly datatype: Datatype;
  readonly shape: readonly number[];
}

/** How each element type is stored and how many bytes an element takes on the wire. BYTES has no fixed size. */
export const storage = {
  BOOL: { bytes: 1, allocate: (length: number): NumericArray => new Uint8Array(length) },
  UINT8: { bytes: 1, allocate: (length: number): NumericArray => new Uint8Array(length) },
  UINT16: { bytes: 2, allocate: (length: number): NumericArray => new Uint16Array(length) },
  UINT32: { bytes: 4, allocate: (length: number): NumericArray => new Uint32Array(length) },
  UINT64: { bytes: 8, allocate: (length: number): NumericArray => new BigUint64Array(length) },
  INT8: { bytes: 1, allocate: (length: number): NumericArray => new Int8Array(length) },
  INT16: { bytes: 2, allocate: (length: number): NumericArray => new Int16Array(length) },
  INT32: { bytes: 4, allocate: (length: number): NumericArray => new Int32Array(length) },
  INT64: { bytes: 8, allocate: (length: number): NumericArray => new BigInt64Array(length) },
  FP16: { bytes: 2, allocate: (length: number): NumericArray => new Uint16Array(length) },
  FP32: { bytes: 4, allocate: (length: number): NumericArray => new Float32Array(length) },
  FP64: { bytes: 8, allocate: (length: number): NumericArray => new Float64Array(length) },
} as const satisfies Record<Exclude<Datatype, "BYTES">, { readonly bytes: number; readonly allocate: (length: number) => NumericArray }>;

export const isDatatype = (value: unknown): value is Datatype => typeof value === "string" && (value === "BYTES" || Object.hasOwn(storage, value));

export const elementCount = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);

/** Rows of a tensor: its first dimension, 1 for a scalar. */
export const rowCount = (shape: readonly number[]): number => shape[0] ?? 1;

/** @throws DomainError when a shape is not a list of sizes, or does not fit what the model declares */
export function checkShape(spec: TensorSpec, shape: readonly unknown[]): asserts shape is readonly number[] {
  const fits =
    shape.length === spec.shape.length &&
    shape.every((size, axis) => Number.isInteger(size) && (size as number) >= 0 && size === (spec.shape[axis] === -1 ? size : spec.shape[axis]));
  if (!fits) throw invalid(`input ${spec.name}: shape must be [${spec.shape.join(", ")}] where -1 is any size, got [${shape.join(", ")}]`.slice(0, 300));
  if (shape.includes(0)) throw invalid(`input ${spec.name}: shape must have no dimension of size 0, got [${shape.join(", ")}]`.slice(0, 300));
}

/** `name` with what is expected, for messages about a tensor that is missing or unknown. */
export const expectedNames = (specs: readonly TensorSpec[]): string => specs.map(({ name }) => name).join(", ");
