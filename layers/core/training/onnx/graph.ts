import { bytes, bytesOf, floats, integer, integers, type Message, message, string } from "./protobuf.ts";

/** Element types of ONNX (TensorProto.DataType) that our models use. */
export const elementType = { float: 1, int64: 7, string: 8 } as const;
type ElementType = keyof typeof elementType;

/** An attribute of a node, its kind told from the value: a text, floats, or whole numbers. */
export type Attribute = string | readonly string[] | number | Float32Array | Int32Array;

/** AttributeProto, with the numbers of AttributeType in field 20. */
function attribute(name: string, value: Attribute): Message {
  const typed = (type: number, ...parts: readonly Message[]) => message(5, string(1, name), ...parts, integer(20, type));
  if (typeof value === "number") return typed(2, integer(3, value));
  if (typeof value === "string") return typed(3, string(4, value));
  if (value instanceof Float32Array) return typed(6, floats(7, value));
  if (value instanceof Int32Array) return typed(7, integers(8, value));
  return typed(8, ...value.map((item) => string(9, item)));
}

export interface Operation {
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: Readonly<Record<string, Attribute>>;
  /** `ai.onnx.ml` for the classical machine-learning operators. @default "" the standard ones */
  readonly domain?: "ai.onnx.ml";
}

const node = ({ operator, inputs, outputs, attributes = {}, domain }: Operation): Message =>
  message(
    1,
    ...inputs.map((name) => string(1, name)),
    ...outputs.map((name) => string(2, name)),
    string(3, `${operator}:${outputs[0] ?? ""}`),
    string(4, operator),
    ...Object.entries(attributes).map(([name, value]) => attribute(name, value)),
    ...(domain === undefined ? [] : [string(7, domain)]),
  );

/** A constant tensor, row-major. */
export interface Constant {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array | readonly string[] | BigInt64Array;
}

function initializer({ name, shape, values }: Constant): Message {
  const head = (type: ElementType) => [integers(1, shape), integer(2, elementType[type])];
  if (values instanceof Float32Array) return message(5, ...head("float"), string(8, name), bytes(9, new Uint8Array(values.slice().buffer)));
  if (values instanceof BigInt64Array) return message(5, ...head("int64"), string(8, name), bytes(9, new Uint8Array(values.slice().buffer)));
  return message(5, ...head("string"), ...values.map((value) => string(6, value)), string(8, name));
}

/** What goes in or comes out; the first dimension, the rows, is of any size. */
export interface Port {
  readonly name: string;
  readonly type: ElementType;
  /** Sizes after the rows. */
  readonly shape: readonly number[];
}

const port = (field: number, { name, type, shape }: Port): Message => {
  const dimensions = [message(1, string(2, "rows")), ...shape.map((size) => message(1, integer(1, size)))];
  return message(field, string(1, name), message(2, message(1, integer(1, elementType[type]), message(2, ...dimensions))));
};

export interface Graph {
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  readonly operations: readonly Operation[];
  readonly constants: readonly Constant[];
}

/** Loaded by ONNX Runtime from 1.12 on. */
const irVersion = 8;
const opset = 17;
const mlOpset = 3;

/** The bytes of a model (onnx.proto3, ModelProto). Metadata are written in the order given. */
export function onnxBytes({ inputs, outputs, operations, constants }: Graph, metadata: Readonly<Record<string, string>>): Uint8Array {
  return bytesOf([
    ...integer(1, irVersion),
    ...string(2, "capstan"),
    ...message(
      7,
      ...operations.map(node),
      string(2, "model"),
      ...constants.map(initializer),
      ...inputs.map((input) => port(11, input)),
      ...outputs.map((output) => port(12, output)),
    ),
    ...message(8, string(1, ""), integer(2, opset)),
    ...message(8, string(1, "ai.onnx.ml"), integer(2, mlOpset)),
    ...Object.entries(metadata).flatMap(([key, value]) => message(14, string(1, key), string(2, value))),
  ]);
}
