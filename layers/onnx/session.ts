import { InferenceSession, Tensor as RuntimeTensor } from "onnxruntime-node";
import { DomainError, invalid } from "#core/errors.ts";
import { expectedNames, type Tensor, type TensorData, type TensorSpec } from "#core/serving/tensor.ts";
import { batcher } from "./batcher.ts";
import { datatypeOf, runtimeType } from "./datatypes.ts";

/** A model in memory, ready to run. */
export interface Model {
  readonly inputs: readonly TensorSpec[];
  /** Outputs that are tensors. Others, such as the maps of scikit-learn's ZipMap, cannot be asked for. */
  readonly outputs: readonly TensorSpec[];
  /** Outputs in the model's order. @throws DomainError when inputs are missing, unknown or of the wrong type or shape, or when the model itself refuses the values */
  infer(inputs: readonly Tensor[]): Promise<readonly Tensor[]>;
  /** Frees the memory; no run may be under way or follow. */
  release(): Promise<void>;
}

export interface ModelOptions {
  /** Whether requests of the same moment may share a run, where the model allows it. @default true */
  readonly batching?: boolean;
  /** Most rows of a shared run. @default 64 */
  readonly maxBatchRows?: number;
  /** Threads of one run. More than 1 slows small models down. @default 1 */
  readonly intraOpThreads?: number;
}

function specsOf(metadata: readonly InferenceSession.ValueMetadata[], kind: string, tensorsOnly: boolean): TensorSpec[] {
  return metadata.flatMap((value): TensorSpec[] => {
    const datatype = value.isTensor ? datatypeOf(value.type) : undefined;
    if (value.isTensor && datatype) return [{ name: value.name, datatype, shape: value.shape.map((size) => (typeof size === "number" ? size : -1)) }];
    if (tensorsOnly) return [];
    throw invalid(
      `model ${kind} ${value.name} must be a tensor of a type that the inference protocol knows, got ${value.isTensor ? value.type : "a sequence or map"}`,
    );
  });
}

/** The inputs in the model's order, each once. */
function ordered(specs: readonly TensorSpec[], inputs: readonly Tensor[]): readonly Tensor[] {
  const found = specs.map((spec) => {
    const tensor = inputs.find(({ name }) => name === spec.name);
    if (!tensor) throw invalid(`input ${spec.name} is required, got ${expectedNames(inputs) || "no input"}`.slice(0, 300));
    if (tensor.datatype !== spec.datatype) throw invalid(`input ${spec.name}: datatype must be ${spec.datatype}, got ${tensor.datatype}`);
    if (tensor.shape.length !== spec.shape.length || spec.shape.some((size, axis) => size !== -1 && size !== tensor.shape[axis]))
      throw invalid(`input ${spec.name}: shape must be [${spec.shape.join(", ")}] where -1 is any size, got [${tensor.shape.join(", ")}]`);
    return tensor;
  });
  const extra = inputs.find(({ name }) => !specs.some((spec) => spec.name === name));
  if (extra || inputs.length !== specs.length)
    throw invalid(`input ${extra?.name.slice(0, 100) ?? "names"} must be one of the model's inputs, each once: ${expectedNames(specs)}`.slice(0, 400));
  return found;
}

/** The runtime's own log lines are off: what it says is in the error. */
const quiet = { logSeverityLevel: 4 } as const;

const variesInRows = (specs: readonly TensorSpec[]) => specs.length > 0 && specs.every(({ shape }) => shape[0] === -1);

/**
 * A tensor as the runtime takes it. For 16-bit floats its own constructor makes a Float16Array, which its native part
 * (1.30.0 under Node 24) cannot read; it takes any object of the right form with the bits in a Uint16Array.
 */
const toRuntime = ({ datatype, data, shape }: Tensor): RuntimeTensor =>
  datatype === "FP16"
    ? ({ type: "float16", data, dims: shape, location: "cpu" } as unknown as RuntimeTensor)
    : new RuntimeTensor(runtimeType[datatype], data, shape);

/** ONNX Runtime keeps booleans in a Uint8Array and 16-bit floats in whatever class this Node has for them; the bits are the same. */
function dataOf({ type, data }: RuntimeTensor): TensorData {
  if (type !== "float16" || data instanceof Uint16Array) return data;
  const { buffer, byteOffset, length } = data as Uint8Array;
  return new Uint16Array(buffer, byteOffset, length);
}

/** ONNX Runtime's own message, without its file names and line numbers. */
const reason = (error: unknown) => (error as Error).message.replace(/^.*?(?=Non-zero status|Got invalid|Invalid)/s, "").slice(0, 300);

/**
 * Loads a model from its bytes, on the CPU.
 * @throws DomainError when the bytes are not a model that can be served
 */
export async function loadModel(bytes: Uint8Array, { batching = true, maxBatchRows = 64, intraOpThreads = 1 }: ModelOptions = {}): Promise<Model> {
  let session: InferenceSession;
  try {
    session = await InferenceSession.create(bytes, { intraOpNumThreads: intraOpThreads, interOpNumThreads: 1, executionMode: "sequential", ...quiet });
  } catch (cause) {
    throw new DomainError("INVALID_PARAMETER_VALUE", `model must be an ONNX model that the runtime can load: ${(cause as Error).message.slice(0, 300)}`, {
      cause,
    });
  }
  const inputs = specsOf(session.inputMetadata, "input", false);
  const outputs = specsOf(session.outputMetadata, "output", true);
  const names = outputs.map(({ name }) => name);

  async function run(tensors: readonly Tensor[]): Promise<readonly Tensor[]> {
    const feeds = Object.fromEntries(tensors.map((tensor) => [tensor.name, toRuntime(tensor)]));
    let results: InferenceSession.ReturnType;
    try {
      results = await session.run(feeds, names, quiet);
    } catch (cause) {
      throw new DomainError("INVALID_PARAMETER_VALUE", `the model refuses these values: ${reason(cause)}`, { cause });
    }
    return outputs.map(({ name, datatype }) => {
      const result = results[name] as RuntimeTensor;
      return { name, datatype, shape: result.dims, data: dataOf(result) };
    });
  }

  const shared = batching && variesInRows(inputs) && variesInRows(outputs);
  const infer = shared ? batcher(run, { maxRows: maxBatchRows, now: () => performance.now() }) : run;
  return {
    inputs,
    outputs,
    infer: async (tensors) => infer(ordered(inputs, tensors)),
    release: () => session.release(),
  };
}
