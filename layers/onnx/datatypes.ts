import type { Datatype } from "#core/serving/tensor.ts";

/** ONNX Runtime's names of element types. The 4-bit types have no counterpart in the inference protocol. */
export const runtimeType = {
  BOOL: "bool",
  UINT8: "uint8",
  UINT16: "uint16",
  UINT32: "uint32",
  UINT64: "uint64",
  INT8: "int8",
  INT16: "int16",
  INT32: "int32",
  INT64: "int64",
  FP16: "float16",
  FP32: "float32",
  FP64: "float64",
  BYTES: "string",
} as const satisfies Record<Datatype, string>;

const byRuntimeType = new Map<string, Datatype>(Object.entries(runtimeType).map(([datatype, name]) => [name, datatype as Datatype]));

/** The protocol's name for one of ONNX Runtime's element types, undefined where it has none. */
export const datatypeOf = (type: string): Datatype | undefined => byRuntimeType.get(type);
