import cluster, { type Worker } from "node:cluster";
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { ConfigError } from "#core/errors.ts";

const mostProcesses = 64;
const restartDelayMs = 500;

/** @param text a number of processes, or `auto`: one for each processor that this container may use. @throws ConfigError for anything else */
export function processCount(text: string | undefined): number {
  if (text === undefined || text === "") return 1;
  if (text === "auto") return Math.min(availableParallelism(), mostProcesses);
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > mostProcesses)
    throw new ConfigError(`CAPSTAN_SERVING_PROCESSES must be auto or an integer from 1 to ${mostProcesses}, got ${text.slice(0, 40)}`);
  return count;
}

/**
 * Keeps so many processes serving on one port; one that dies is replaced. They end with this process: SIGTERM goes to each, and each
 * answers first what is under way. One that dies before it served ends all, with its exit code: the deployment is wrong.
 */
export function superviseProcesses(count: number): void {
  const workers = new Set<Worker>();
  let stopping = false;
  let told = false;

  function start(): void {
    const worker = cluster.fork();
    let served = false;
    workers.add(worker);
    worker.on("message", (message: { readonly port: number }) => {
      served = true;
      if (!told) process.send?.(message);
      told = true;
    });
    worker.once("exit", (code: number | null) => {
      workers.delete(worker);
      if (stopping) return;
      if (!served) void stop(code === null || code === 0 ? 1 : code);
      else setTimeout(start, restartDelayMs);
    });
  }

  async function stop(exitCode: number): Promise<void> {
    if (stopping) return;
    stopping = true;
    const ends = [...workers].map((worker) => once(worker, "exit"));
    for (const worker of workers) worker.process.kill("SIGTERM");
    await Promise.all(ends);
    process.exit(exitCode);
  }

  for (const event of ["SIGTERM", "SIGINT", "disconnect"] as const) process.once(event, () => void stop(0));
  for (let index = 0; index < count; index += 1) start();
}
