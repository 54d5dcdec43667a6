import { fieldsOf, MalformedModel, packedIntegers, textOf } from "./wire.ts";

/** onnx.TensorProto.DataType (onnx.proto, opset 23). */
const elements: Readonly<Record<number, string>> = {
  1: "float32",
  2: "uint8",
  3: "int8",
  4: "uint16",
  5: "int16",
  6: "int32",
  7: "int64",
  8: "string",
  9: "bool",
  10: "float16",
  11: "float64",
  12: "uint32",
  13: "uint64",
  14: "complex64",
  15: "complex128",
  16: "bfloat16",
  17: "float8e4m3fn",
  18: "float8e4m3fnuz",
  19: "float8e5m2",
  20: "float8e5m2fnuz",
  21: "uint4",
  22: "int4",
  23: "float4e2m1",
};
const elementOf = (code: number) => elements[code] ?? `type ${code}`;
const deepest = 8;
const mostDimensions = 64;

function dimension(bytes: Uint8Array): string {
  for (const { number, value, bytes: text } of fieldsOf(bytes)) {
    if (number === 1) return String(value);
    if (number === 2) return textOf(text);
  }
  return "?";
}

function tensorType(bytes: Uint8Array): string {
  let [element, shape]: [string, string[] | undefined] = ["unknown", undefined];
  for (const field of fieldsOf(bytes)) {
    if (field.number === 1) element = elementOf(field.value);
    if (field.number !== 2) continue;
    shape = [];
    for (const { number, bytes: one } of fieldsOf(field.bytes)) if (number === 1 && shape.length < mostDimensions) shape.push(dimension(one));
  }
  return shape === undefined ? element : `${element}[${shape.join(", ")}]`;
}

/** A value's type as it is read: `float32[N, 4]`, `seq(map(int64, float32))`. */
export function typeText(bytes: Uint8Array, depth = 0): string {
  if (depth > deepest) throw new MalformedModel(`a type is nested more than ${deepest} deep`);
  for (const field of fieldsOf(bytes)) {
    if (field.number === 1) return tensorType(field.bytes);
    if (field.number === 8) return `sparse ${tensorType(field.bytes)}`;
    if (field.number === 4 || field.number === 9) {
      let inner = "unknown";
      for (const { number, bytes: of } of fieldsOf(field.bytes)) if (number === 1) inner = typeText(of, depth + 1);
      return `${field.number === 4 ? "seq" : "optional"}(${inner})`;
    }
    if (field.number === 5) {
      let [key, value] = ["unknown", "unknown"];
      for (const part of fieldsOf(field.bytes)) {
        if (part.number === 1) key = elementOf(part.value);
        if (part.number === 2) value = typeText(part.bytes, depth + 1);
      }
      return `map(${key}, ${value})`;
    }
  }
  return "unknown";
}

export interface Initialiser {
  readonly name: string;
  readonly type: string;
  /** As stored in the file; 0 where the data lie in another. */
  readonly bytes: number;
}

/** A constant of a graph: what it is and how large, without its numbers. */
export function initialiserOf(bytes: Uint8Array): Initialiser {
  let [name, element, stored] = ["", "unknown", 0];
  const shape: number[] = [];
  for (const field of fieldsOf(bytes)) {
    if (field.number === 1) shape.push(...(field.bytes.length > 0 ? packedIntegers(field.bytes, mostDimensions) : [field.value]).slice(0, mostDimensions));
    else if (field.number === 2) element = elementOf(field.value);
    else if (field.number === 8) name = textOf(field.bytes);
    else if ([4, 5, 6, 7, 9, 10, 11].includes(field.number)) stored += field.bytes.length;
  }
  return { name, type: `${element}[${shape.slice(0, mostDimensions).join(", ")}]`, bytes: stored };
}
