import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Listener } from "#runtime/logger.ts";
import type { WorkLine, WorkOrder, WorkReply } from "./worker.ts";

/** An error of a task in another process: it keeps the name that state machines match. */
function remoteError({ name, message, stack }: NonNullable<WorkReply["error"]>): Error {
  const error = new Error(message);
  error.name = name;
  if (stack !== undefined) error.stack = stack;
  return error;
}

const named = (name: string, message: string) => remoteError({ name, message });
const idleMs = 30_000;

interface Worker {
  readonly child: ChildProcess;
  busy: boolean;
  idle?: NodeJS.Timeout;
}

/** Child processes for heavy tasks: started when needed, one task at a time each, ended after 30 idle seconds. */
export interface WorkerPool {
  /** @throws the task's own error; `Sandbox.Timedout` when it took longer; `Lambda.Unknown` when its process died */
  run(name: string, payload: unknown, timeoutSeconds: number): Promise<unknown>;
  stop(): Promise<void>;
}

/** @param heard hears the lines of executions that the children write */
export function workerPool(size: number, heard: Listener = () => undefined): WorkerPool {
  const workers = new Set<Worker>();
  const waiting: (() => void)[] = [];
  let lastId = 0;

  function start(): Worker {
    const child = fork(fileURLToPath(new URL("./worker.ts", import.meta.url)), { stdio: ["ignore", "inherit", "inherit", "ipc"] });
    const worker: Worker = { child, busy: false };
    workers.add(worker);
    child.on("message", (message: WorkLine | WorkReply) => {
      if ("line" in message) heard(message.context, message.line);
    });
    child.once("exit", () => {
      workers.delete(worker);
      clearTimeout(worker.idle);
      waiting.shift()?.();
    });
    return worker;
  }

  async function take(): Promise<Worker> {
    for (;;) {
      const free = [...workers].find(({ busy, child }) => !busy && child.connected) ?? (workers.size < size ? start() : undefined);
      if (free) {
        clearTimeout(free.idle);
        free.busy = true;
        return free;
      }
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
  }

  function giveBack(worker: Worker): void {
    worker.busy = false;
    worker.idle = setTimeout(() => worker.child.kill(), idleMs);
    worker.idle.unref();
    waiting.shift()?.();
  }

  function perform(worker: Worker, order: WorkOrder, timeoutSeconds: number): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const { child } = worker;
      const finish = (settle: () => void) => {
        clearTimeout(timer);
        child.off("message", onMessage).off("exit", onExit);
        settle();
      };
      const onMessage = (reply: WorkLine | WorkReply) => {
        if ("line" in reply) return;
        finish(() => (reply.error ? reject(remoteError(reply.error)) : resolve(reply.result)));
      };
      const onExit = () => finish(() => reject(named("Lambda.Unknown", `the process of ${order.name} ended before it answered`)));
      const timer = setTimeout(() => {
        finish(() => reject(named("Sandbox.Timedout", `task timed out after ${timeoutSeconds}.00 seconds`)));
        child.kill("SIGKILL");
      }, timeoutSeconds * 1000);
      child.on("message", onMessage).once("exit", onExit);
      child.send(order);
    });
  }

  return {
    async run(name, payload, timeoutSeconds) {
      const worker = await take();
      lastId += 1;
      try {
        return await perform(worker, { id: lastId, name, payload }, timeoutSeconds);
      } finally {
        giveBack(worker);
      }
    },
    async stop() {
      const ends = [...workers].map(async ({ child }) => {
        const exit = child.exitCode === null && child.signalCode === null ? once(child, "exit") : undefined;
        child.kill();
        await exit;
      });
      await Promise.all(ends);
    },
  };
}
