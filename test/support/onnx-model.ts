import type { Datatype } from "#core/serving/tensor.ts";

/** Element types by number (onnx.proto3, TensorProto.DataType). */
const elementType: Readonly<Record<Datatype, number>> = {
  FP32: 1,
  UINT8: 2,
  INT8: 3,
  UINT16: 4,
  INT16: 5,
  INT32: 6,
  INT64: 7,
  BYTES: 8,
  BOOL: 9,
  FP16: 10,
  FP64: 11,
  UINT32: 12,
  UINT64: 13,
};

const varint = (value: number): number[] => (value < 128 ? [value] : [(value % 128) | 128, ...varint(Math.floor(value / 128))]);
const integer = (field: number, value: number) => Buffer.from([...varint(field * 8), ...varint(value)]);
const bytes = (field: number, ...parts: (Buffer | string)[]) => {
  const body = Buffer.concat(parts.map((part) => Buffer.from(part as string)));
  return Buffer.concat([Buffer.from([...varint(field * 8 + 2), ...varint(body.length)]), body]);
};

/** A dimension: a size, or the name of one that may be any size. */
type Dimension = number | string;
export interface Port {
  readonly name: string;
  readonly datatype: Datatype;
  readonly shape: readonly Dimension[];
}
export interface Node {
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly integers?: Readonly<Record<string, number>>;
  readonly integerLists?: Readonly<Record<string, readonly number[]>>;
}
export interface Graph {
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  readonly nodes: readonly Node[];
  readonly constants?: Readonly<Record<string, { readonly shape: readonly number[]; readonly values: readonly number[] }>>;
}

const port = (field: number, { name, datatype, shape }: Port) => {
  const dimensions = shape.map((size) => bytes(1, typeof size === "number" ? integer(1, size) : bytes(2, size)));
  return bytes(field, bytes(1, name), bytes(2, bytes(1, integer(1, elementType[datatype]), bytes(2, ...dimensions))));
};

/** The bytes of an ONNX model, opset 17. */
export function onnxModel({ inputs, outputs, nodes, constants = {} }: Graph): Buffer {
  const graph = bytes(
    7,
    ...nodes.map(({ operator, inputs: from, outputs: to, integers = {}, integerLists = {} }) =>
      bytes(
        1,
        ...from.map((name) => bytes(1, name)),
        ...to.map((name) => bytes(2, name)),
        bytes(4, operator),
        ...Object.entries(integers).map(([name, value]) => bytes(5, bytes(1, name), integer(3, value), integer(20, 2))),
        ...Object.entries(integerLists).map(([name, values]) => bytes(5, bytes(1, name), ...values.map((value) => integer(8, value)), integer(20, 7))),
      ),
    ),
    bytes(2, "graph"),
    ...Object.entries(constants).map(([name, { shape, values }]) =>
      bytes(5, ...shape.map((size) => integer(1, size)), integer(2, elementType.FP32), bytes(8, name), bytes(9, Buffer.from(Float32Array.from(values).buffer))),
    ),
    ...inputs.map((input) => port(11, input)),
    ...outputs.map((output) => port(12, output)),
  );
  return Buffer.concat([integer(1, 8), graph, bytes(8, bytes(1, ""), integer(2, 17))]);
}

/** `score = x . weights + bias`, over rows of any number: what a test can check by head. */
export const linearModel = (weights: readonly number[], bias = 0): Buffer =>
  onnxModel({
    inputs: [{ name: "x", datatype: "FP32", shape: ["n", weights.length] }],
    outputs: [{ name: "score", datatype: "FP32", shape: ["n", 1] }],
    nodes: [
      { operator: "MatMul", inputs: ["x", "w"], outputs: ["product"] },
      { operator: "Add", inputs: ["product", "b"], outputs: ["score"] },
    ],
    constants: { w: { shape: [weights.length, 1], values: weights }, b: { shape: [1], values: [bias] } },
  });

/** Gives back what it gets. */
export const identityModel = (datatype: Datatype, shape: readonly Dimension[] = ["n", 2]): Buffer =>
  onnxModel({
    inputs: [{ name: "x", datatype, shape }],
    outputs: [{ name: "y", datatype, shape }],
    nodes: [{ operator: "Identity", inputs: ["x"], outputs: ["y"] }],
  });
