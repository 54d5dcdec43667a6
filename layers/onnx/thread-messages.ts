import type { ErrorCode } from "#contracts/errors.ts";
import type { Tensor, TensorSpec } from "#core/serving/tensor.ts";
import type { Ran } from "./session.ts";

/** To a thread that runs models. Each order is answered by one reply of its id. */
export type Order = { readonly id: number; readonly session: number } & (
  | { readonly kind: "open"; readonly bytes: Uint8Array }
  | { readonly kind: "run"; readonly inputs: readonly Tensor[] }
  | { readonly kind: "release" }
);

export interface Opened {
  readonly inputs: readonly TensorSpec[];
  readonly outputs: readonly TensorSpec[];
}

/** From the thread: what came of an order, or what went wrong; with a code where the model or its values are refused. */
export interface Reply {
  readonly id: number;
  readonly result?: Opened | Ran | undefined;
  readonly error?: { readonly message: string; readonly code?: ErrorCode };
}

/** The tensors on memory of their own, and that memory: it can be handed to another thread without a further copy, and nobody else loses it. */
export function detachable(tensors: readonly Tensor[]): { readonly tensors: readonly Tensor[]; readonly memory: ArrayBuffer[] } {
  const copies = tensors.map((tensor) => (Array.isArray(tensor.data) ? tensor : { ...tensor, data: tensor.data.slice() }));
  return { tensors: copies, memory: copies.flatMap(({ data }) => (Array.isArray(data) ? [] : (data.buffer as ArrayBuffer))) };
}
