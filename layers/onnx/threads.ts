import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { DependencyError, DomainError } from "#core/errors.ts";
import type { Ran, Session } from "./session.ts";
import { detachable, type Opened, type Order, type Reply } from "./thread-messages.ts";

/** Threads on which models run, so that the calling thread goes on answering. */
export interface ModelThreads {
  /** Opens a model on the thread that has fewest. @throws DomainError when the bytes are not a model that can be served, DependencyError when the thread ends */
  open(bytes: Uint8Array): Promise<Session>;
  /** Ends the threads, and with them every session. */
  stop(): Promise<void>;
}

interface Waiting {
  readonly resolve: (result: Reply["result"]) => void;
  readonly reject: (error: Error) => void;
}

const gone = (reason: string) => new DependencyError(`the thread of the model ended: ${reason}`);

type Task = Order extends infer One ? (One extends Order ? Omit<One, "id"> : never) : never;

/** One thread and what it has not answered yet. It keeps no process alive. */
function startThread(entry: URL) {
  const worker = new Worker(entry, { name: "models" });
  worker.unref();
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let ended: Error | undefined;

  function end(reason: string): void {
    ended ??= gone(reason);
    for (const { reject } of waiting.values()) reject(ended);
    waiting.clear();
  }
  worker.on("error", (error: Error) => end(error.message));
  worker.on("exit", (code) => end(`exit code ${code}`));
  worker.on("message", ({ id, result, error }: Reply) => {
    const asked = waiting.get(id);
    waiting.delete(id);
    if (error) asked?.reject(error.code ? new DomainError(error.code, error.message) : new Error(error.message));
    else asked?.resolve(result);
  });
  return {
    sessions: 0,
    ended: () => ended !== undefined,
    ask: (task: Task, memory: ArrayBuffer[] = []) =>
      new Promise<Reply["result"]>((resolve, reject) => {
        if (ended) return reject(ended);
        lastId += 1;
        waiting.set(lastId, { resolve, reject });
        worker.postMessage({ ...task, id: lastId }, memory);
      }),
    stop: () => worker.terminate(),
  };
}
type Thread = ReturnType<typeof startThread>;

/**
 * @param entry the module that runs in a thread: `model-thread.ts`, or a bundle that comes to it
 * @param most threads; more models than that share them. A model uses one processor, however many there are.
 */
export function modelThreads(entry: URL, most: number = Math.max(2, availableParallelism())): ModelThreads {
  const threads = new Set<Thread>();
  let lastSession = 0;

  function freest(): Thread {
    for (const thread of threads) if (thread.ended()) threads.delete(thread);
    const [idlest] = [...threads].toSorted((a, b) => a.sessions - b.sessions);
    if (idlest && (idlest.sessions === 0 || threads.size >= most)) return idlest;
    const thread = startThread(entry);
    threads.add(thread);
    return thread;
  }

  return {
    async open(bytes) {
      const thread = freest();
      lastSession += 1;
      const session = lastSession;
      thread.sessions += 1;
      let opened: Opened;
      try {
        opened = (await thread.ask({ kind: "open", session, bytes })) as Opened;
      } catch (error) {
        thread.sessions -= 1;
        throw error;
      }
      return {
        ...opened,
        async run(inputs) {
          const { tensors, memory } = detachable(inputs);
          return (await thread.ask({ kind: "run", session, inputs: tensors }, memory)) as Ran;
        },
        state: () => (thread.ended() ? "ended" : "elsewhere"),
        async release() {
          thread.sessions -= 1;
          if (!thread.ended()) await thread.ask({ kind: "release", session });
        },
      };
    },
    async stop() {
      await Promise.all([...threads].map((thread) => thread.stop()));
    },
  };
}
