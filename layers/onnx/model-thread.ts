/** The thread of {@link modelThreads}: opens models and runs them, one run after another. */
import { parentPort } from "node:worker_threads";
import { DomainError } from "#core/errors.ts";
import { openSession, type Session } from "./session.ts";
import { detachable, type Order, type Reply } from "./thread-messages.ts";

const sessions = new Map<number, Session>();

function opened(number: number): Session {
  const session = sessions.get(number);
  if (!session) throw new Error(`session ${number} is not open`);
  return session;
}

async function perform(order: Order): Promise<{ readonly result?: Reply["result"]; readonly memory?: ArrayBuffer[] }> {
  if (order.kind === "open") {
    const session = await openSession(order.bytes);
    sessions.set(order.session, session);
    return { result: { inputs: session.inputs, outputs: session.outputs } };
  }
  const session = opened(order.session);
  if (order.kind === "release") {
    sessions.delete(order.session);
    await session.release();
    return {};
  }
  const { outputs, milliseconds } = await session.run(order.inputs);
  const { tensors, memory } = detachable(outputs);
  return { result: { outputs: tensors, milliseconds }, memory };
}

const errorOf = (error: unknown): NonNullable<Reply["error"]> => ({
  message: error instanceof Error ? error.message : String(error),
  ...(error instanceof DomainError && { code: error.code }),
});

async function answer(order: Order): Promise<void> {
  try {
    const { result, memory = [] } = await perform(order);
    parentPort?.postMessage({ id: order.id, result } satisfies Reply, memory);
  } catch (error) {
    parentPort?.postMessage({ id: order.id, error: errorOf(error) } satisfies Reply);
  }
}

parentPort?.on("message", (order: Order) => void answer(order));
