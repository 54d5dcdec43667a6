import { invalid } from "#core/errors.ts";
import { valuesOf } from "#core/serving/predictions.ts";
import { isDatatype, type Tensor, type TensorSpec } from "#core/serving/tensor.ts";
import { flatten, tensorOf } from "#core/serving/tensor-data.ts";
import { formatJson } from "#runtime/exact-json.ts";
import { formatBinary, readBinary } from "./kserve-binary.ts";

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null && !Array.isArray(value);

/** Which outputs are wanted, and which of them as bytes after the JSON (binary tensor data extension). */
export interface WantedOutputs {
  /** Undefined: all of them. */
  readonly names: readonly string[] | undefined;
  isBinary(name: string): boolean;
}

/** An inference request, read as far as it can be without the model. */
export interface InferDocument {
  readonly id: string | undefined;
  readonly inputs: readonly Fields[];
  /** The bytes after the JSON; empty without the binary extension. */
  readonly binary: Uint8Array;
  readonly outputs: WantedOutputs;
}

function wantedOutputs(document: Fields): WantedOutputs {
  const { outputs, parameters } = document;
  const whole = isFields(parameters) && parameters["binary_data_output"] === true;
  if (outputs === undefined) return { names: undefined, isBinary: () => whole };
  if (!Array.isArray(outputs) || !outputs.every(isFields)) throw invalid("outputs must be a list of objects with a name");
  const binary = new Map(
    outputs.map(({ name, parameters: own }) => [String(name), isFields(own) && own["binary_data"] !== undefined ? own["binary_data"] === true : whole]),
  );
  return { names: [...binary.keys()], isBinary: (name) => binary.get(name) === true };
}

/** @throws DomainError when the document is not an inference request */
export function readInfer(document: unknown, binary: Uint8Array): InferDocument {
  if (!isFields(document)) throw invalid("body must be a JSON object");
  const { id, inputs } = document;
  if (id !== undefined && typeof id !== "string") throw invalid("id must be a string");
  if (!Array.isArray(inputs) || inputs.length === 0 || !inputs.every(isFields)) throw invalid("inputs must be a list of at least one tensor");
  return { id, inputs, binary, outputs: wantedOutputs(document) };
}

/** The tensors of a request, checked against the model: names, types, shapes, element counts. @throws DomainError */
export function tensorsOfInfer(specs: readonly TensorSpec[], { inputs, binary }: InferDocument): Tensor[] {
  let offset = 0;
  const tensors = inputs.map((input) => {
    const { name, shape, datatype, data, parameters } = input;
    const spec = specs.find((one) => one.name === name);
    if (!spec) throw invalid(`input ${String(name).slice(0, 100)} must be one of the model's inputs: ${specs.map((one) => one.name).join(", ")}`);
    if (!isDatatype(datatype) || datatype !== spec.datatype)
      throw invalid(`input ${spec.name}: datatype must be ${spec.datatype}, got ${String(datatype).slice(0, 40)}`);
    if (!Array.isArray(shape)) throw invalid(`input ${spec.name}: shape must be a list of sizes`);
    const size = isFields(parameters) ? parameters["binary_data_size"] : undefined;
    if (size === undefined) {
      if (!Array.isArray(data)) throw invalid(`input ${spec.name}: data must be a list`);
      return tensorOf(spec, shape, flatten(spec.name, data));
    }
    if (typeof size !== "number" || !Number.isInteger(size) || size < 0 || offset + size > binary.byteLength)
      throw invalid(
        `input ${spec.name}: binary_data_size must be the number of bytes sent, got ${JSON.stringify(size).slice(0, 40)} with ${binary.byteLength - offset} left`,
      );
    offset += size;
    return readBinary(spec, shape, binary.subarray(offset - size, offset));
  });
  if (offset !== binary.byteLength) throw invalid(`inputs must account for all ${binary.byteLength} bytes after the JSON, got ${offset}`);
  return tensors;
}

export interface InferReply {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** The outputs in the protocol's form; as bytes where the request asked for it. */
export function formatInfer(
  model: string,
  version: string,
  { id, outputs: wanted }: InferDocument,
  outputs: readonly Tensor[],
  parameters: Readonly<Record<string, string>>,
): InferReply {
  const given = wanted.names === undefined ? outputs : outputs.filter(({ name }) => wanted.names?.includes(name));
  const binary: Uint8Array[] = [];
  const listed = given.map((tensor) => {
    const { name, datatype, shape } = tensor;
    if (!wanted.isBinary(name)) return { name, datatype, shape, data: valuesOf(tensor) };
    const bytes = formatBinary(tensor);
    binary.push(bytes);
    return { name, datatype, shape, parameters: { binary_data_size: bytes.byteLength } };
  });
  const json = formatJson({ model_name: model, model_version: version, ...(id !== undefined && { id }), parameters, outputs: listed });
  if (binary.length === 0) return { headers: { "content-type": "application/json" }, body: json };
  const header = Buffer.from(json);
  return {
    headers: { "content-type": "application/octet-stream", "inference-header-content-length": String(header.byteLength) },
    body: Buffer.concat([header, ...binary]),
  };
}
