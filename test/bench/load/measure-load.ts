import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Figure } from "../measurement.ts";
import { cpuSeconds, machineBusySeconds, treeOf } from "../processes.ts";
import type { LoadMessage, LoadPlan, LoadReport } from "./plan.ts";

/** Load with everything said that has a usual value. */
export interface Load extends Pick<LoadPlan, "url" | "connections"> {
  readonly method?: LoadPlan["method"];
  readonly headers?: LoadPlan["headers"];
  readonly body?: string;
  readonly values?: readonly string[];
  readonly keepAlive?: boolean;
  readonly seconds: number;
  readonly leastRequests?: number;
  /** The window counts as it is, also when other processes were busy. */
  readonly once?: true;
}

/** Other processes may use this share of a core before a window is measured again. */
const quiet = 0.2;
const warmUpMs = 1_200;
/** Numbers of requests are never used twice in a bench, so that no request repeats an earlier one. */
let firstNumber = 1;

async function inWindow(plan: LoadPlan, serverPid: number): Promise<Figure> {
  const child = fork(fileURLToPath(new URL("generator.ts", import.meta.url)), { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  const limit = setTimeout(() => child.kill("SIGKILL"), plan.warmUpMs + plan.durationMs + 60_000);
  const exit = once(child, "exit");
  let pids: readonly number[] = [];
  const readings = () => ({ server: cpuSeconds(pids), busy: machineBusySeconds(), self: process.cpuUsage() });
  let before = readings();
  let figure: Figure | undefined;
  child.on("message", (message: LoadMessage) => {
    if (message.kind === "began") {
      pids = treeOf(serverPid);
      before = readings();
      return;
    }
    const after = readings();
    const self = (after.self.user + after.self.system - before.self.user - before.self.system) / 1e6;
    figure = figureOf(message.report, after.server - before.server, after.busy - before.busy - self);
  });
  child.send(plan);
  await exit;
  clearTimeout(limit);
  if (!figure) throw new Error(`the load generator ended without a report: ${plan.method} ${plan.url}`);
  return figure;
}

function figureOf({ requests, failed, seconds, p50, p99, cpuSeconds: generator, failure }: LoadReport, server: number, busy: number): Figure {
  if (failed > 0) process.stderr.write(`${failed} of ${requests} failed, the first with: ${failure}\n`);
  return {
    value: requests / seconds,
    perCore: requests / Math.max(server, 0.01),
    p50,
    p99,
    foreign: Math.max(0, (busy - server - generator) / seconds),
    ...(failed > 0 && { failed }),
  };
}

/**
 * Requests per second that a server answers, with its CPU time. A window in which other processes used more than 0.2 cores is
 * measured once more, and the quieter of the two counts.
 * @param serverPid the process that, with its children, is the server
 */
export async function measureLoad(load: Load, serverPid: number): Promise<Figure> {
  const body = load.body ?? "";
  const attempt = () => {
    const plan: LoadPlan = {
      url: load.url,
      connections: load.connections,
      method: load.method ?? "POST",
      headers: { ...(body !== "" && { "content-type": "application/json" }), ...load.headers },
      body,
      values: load.values ?? [""],
      firstNumber,
      keepAlive: load.keepAlive ?? true,
      warmUpMs,
      durationMs: load.seconds * 1000,
      leastRequests: load.leastRequests ?? 5,
    };
    firstNumber += 1_000_000;
    return inWindow(plan, serverPid);
  };
  const first = await attempt();
  if (load.once || (first.foreign ?? 0) <= quiet) return first;
  const second = await attempt();
  return (second.foreign ?? 0) < (first.foreign ?? 0) ? second : first;
}
