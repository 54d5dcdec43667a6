import { DependencyError, invalid } from "#core/errors.ts";
import { expectedNames, type Tensor, type TensorSpec } from "#core/serving/tensor.ts";
import { batcher } from "./batcher.ts";
import { movingSession } from "./moving-session.ts";
import { openSession, type Session } from "./session.ts";

/** A model in memory, ready to run. */
export interface Model {
  readonly inputs: readonly TensorSpec[];
  /** Outputs that are tensors. Others, such as the maps of scikit-learn's ZipMap, cannot be asked for. */
  readonly outputs: readonly TensorSpec[];
  /**
   * Outputs in the model's order.
   * @throws DomainError when inputs are missing, unknown or of the wrong type or shape, or when the model itself refuses the values;
   * DependencyError when too many runs of a slow model wait already
   */
  infer(inputs: readonly Tensor[]): Promise<readonly Tensor[]>;
  /** Frees the memory; no run may be under way or follow. */
  release(): Promise<void>;
}

export interface ModelOptions {
  /** Whether requests of the same moment may share a run, where the model allows it. @default true */
  readonly batching?: boolean;
  /** Most rows of a shared run. @default 64 */
  readonly maxBatchRows?: number;
  /** Opens the same model on a thread of its own, where it goes once its runs are slow or if it is large. @default it runs on the thread that loads it */
  readonly openElsewhere?: () => Promise<Session>;
}

/** A model of more bytes than this is never loaded on the calling thread: that alone would hold it up for a tenth of a second or more. */
const largeBytes = 33_554_432;
/** Requests that may wait for a slow model: who comes then would wait for minutes, and is told so at once. */
const mostWaiting = 256;

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

const variesInRows = (specs: readonly TensorSpec[]) => specs.length > 0 && specs.every(({ shape }) => shape[0] === -1);

/**
 * Loads a model from its bytes, on the CPU.
 * @throws DomainError when the bytes are not a model that can be served
 */
export async function loadModel(bytes: Uint8Array, { batching = true, maxBatchRows = 64, openElsewhere }: ModelOptions = {}): Promise<Model> {
  const isLarge = openElsewhere !== undefined && bytes.byteLength > largeBytes;
  const first = isLarge ? await openElsewhere() : await openSession(bytes);
  const session = openElsewhere ? movingSession(first, openElsewhere) : first;
  const { inputs, outputs } = session;
  const shared = batching && variesInRows(inputs) && variesInRows(outputs);
  const run = shared ? batcher(session.run, { maxRows: maxBatchRows }) : async (tensors: readonly Tensor[]) => (await session.run(tensors)).outputs;
  let waiting = 0;
  return {
    inputs,
    outputs,
    async infer(tensors) {
      const given = ordered(inputs, tensors);
      if (waiting >= mostWaiting && session.state() !== "here") throw new DependencyError(`${waiting} requests wait for the model already`);
      waiting += 1;
      try {
        return await run(given);
      } finally {
        waiting -= 1;
      }
    },
    release: () => session.release(),
  };
}
