/**
 * A child process that runs heavy tasks, so that the platform's own event loop never stalls. Takes `{ id, name, payload }` over IPC,
 * answers `{ id, result }` or `{ id, error }`, and hands on lines that belong to an execution as `{ context, line }`. Ends with its parent, however that ends.
 */
import { collectLines } from "#runtime/logger.ts";
import { functions } from "../inventory.ts";
import { functionHost } from "./function-host.ts";

export interface WorkOrder {
  readonly id: number;
  readonly name: string;
  readonly payload: unknown;
}
export interface WorkReply {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: { readonly name: string; readonly message: string; readonly stack?: string | undefined };
}

export interface WorkLine {
  readonly context: Readonly<Record<string, string>>;
  readonly line: string;
}

const host = functionHost(functions);

async function perform({ id, name, payload }: WorkOrder): Promise<WorkReply> {
  try {
    const task = await host.task(name);
    return { id, result: await task(payload) };
  } catch (error) {
    const { name: errorName, message, stack } = error instanceof Error ? error : new Error(String(error));
    return { id, error: { name: errorName, message, stack } };
  }
}

collectLines((context, line) => void process.send?.({ context, line } satisfies WorkLine));
process.on("disconnect", () => process.exit(0));
process.on("message", (order: WorkOrder) => {
  void perform(order).then((reply) => process.send?.(reply));
});
