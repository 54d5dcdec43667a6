import { InferenceSession, Tensor as RuntimeTensor } from "onnxruntime-node";
import { DomainError, invalid } from "#core/errors.ts";
import type { Tensor, TensorData, TensorSpec } from "#core/serving/tensor.ts";
import { datatypeOf, runtimeType } from "./datatypes.ts";

/** What came of one run, and the time that the model itself took, without any wait. */
export interface Ran {
  readonly outputs: readonly Tensor[];
  readonly milliseconds: number;
}

/** One model in the runtime, on this thread or another. */
export interface Session {
  readonly inputs: readonly TensorSpec[];
  /** Outputs that are tensors. */
  readonly outputs: readonly TensorSpec[];
  /** @param inputs in the model's order, as it declares them. @throws DomainError when the model refuses the values */
  readonly run: (inputs: readonly Tensor[]) => Promise<Ran>;
  /** `here`: runs hold the calling thread up; `elsewhere`: they do not; `ended`: its thread is gone, and it must be opened anew. */
  readonly state: () => "here" | "elsewhere" | "ended";
  /** Frees the memory; no run may be under way or follow. */
  readonly release: () => Promise<void>;
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

/** The runtime's own log lines are off: what it says is in the error. */
const quiet = { logSeverityLevel: 4 } as const;

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
 * Opens a model on the calling thread, which its runs hold up: `run` of onnxruntime-node 1.30 is a native call of that thread, put off to
 * an immediate. A run takes one thread; more slow small models down.
 * @throws DomainError when the bytes are not a model that can be served
 */
export async function openSession(bytes: Uint8Array): Promise<Session> {
  let session: InferenceSession;
  try {
    session = await InferenceSession.create(bytes, { intraOpNumThreads: 1, interOpNumThreads: 1, executionMode: "sequential", ...quiet });
  } catch (cause) {
    throw new DomainError("INVALID_PARAMETER_VALUE", `model must be an ONNX model that the runtime can load: ${(cause as Error).message.slice(0, 300)}`, {
      cause,
    });
  }
  const inputs = specsOf(session.inputMetadata, "input", false);
  const outputs = specsOf(session.outputMetadata, "output", true);
  const names = outputs.map(({ name }) => name);

  async function run(tensors: readonly Tensor[]): Promise<Ran> {
    const feeds = Object.fromEntries(tensors.map((tensor) => [tensor.name, toRuntime(tensor)]));
    let started = 0;
    // The runtime's own immediate comes right behind this one: what runs wait for each other does not count.
    setImmediate(() => {
      started = performance.now();
    });
    let results: InferenceSession.ReturnType;
    try {
      results = await session.run(feeds, names, quiet);
    } catch (cause) {
      throw new DomainError("INVALID_PARAMETER_VALUE", `the model refuses these values: ${reason(cause)}`, { cause });
    }
    const milliseconds = performance.now() - started;
    const made = outputs.map(({ name, datatype }) => {
      const result = results[name] as RuntimeTensor;
      return { name, datatype, shape: result.dims, data: dataOf(result) };
    });
    return { outputs: made, milliseconds };
  }
  return { inputs, outputs, run, state: () => "here", release: () => session.release() };
}
