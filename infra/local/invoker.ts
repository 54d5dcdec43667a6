import type { FunctionSpec } from "#contracts/function-spec.ts";
import type { FunctionHost } from "./function-host.ts";
import type { Invoke } from "./states/tasks.ts";
import type { WorkerPool } from "./worker-pool.ts";

const timedOut = (seconds: number) => Object.assign(new Error(`Task timed out after ${seconds}.00 seconds`), { name: "Sandbox.Timedout" });

/** Invokes functions by name as Lambda does: heavy ones in a child process, all within their own time limit, or the caller's if that is shorter. */
export function invoker(specs: readonly FunctionSpec[], host: FunctionHost, workers: WorkerPool): Invoke {
  const byName = new Map(specs.map((spec) => [spec.name, spec]));
  return async (name, payload, { timeoutSeconds: wanted = 900 }) => {
    const spec = byName.get(name);
    const seconds = Math.min(spec?.timeoutSeconds ?? 60, wanted);
    if (spec?.heavy === true) return workers.run(name, payload, seconds);
    const task = await host.task(name);
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(timedOut(seconds)), seconds * 1000);
    });
    try {
      return await Promise.race([task(payload), limit]);
    } finally {
      clearTimeout(timer);
    }
  };
}
