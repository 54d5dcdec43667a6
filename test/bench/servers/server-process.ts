import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { treeOf } from "../processes.ts";

/** A server that was started for a bench. */
export interface ServerProcess {
  readonly url: string;
  /** The process that, with its children, is the server. */
  readonly pid: number;
  /** From the start of the process to its first answer. */
  readonly startedInMs: number;
  /** Ends it and all that it started. */
  stop(): Promise<void>;
}

export interface ServerCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly url: string;
  /** Answers 200 once the server can work. */
  readonly readyPath: string;
}

const deadlineMs = 60_000;

const isReady = async (url: string) => {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
};

function endTree(child: ChildProcess, signal: NodeJS.Signals): void {
  for (const pid of treeOf(child.pid ?? 0).toReversed()) {
    try {
      process.kill(pid, signal);
    } catch {
      // Gone already.
    }
  }
}

/** Starts a server and waits for its first answer. What it prints is shown only when it never answers. */
export async function startServer({ command, args, env, url, readyPath }: ServerCommand): Promise<ServerProcess> {
  const began = performance.now();
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text: string) => (said = `${said}${text}`.slice(-4000)));
  const exit = once(child, "exit");
  while (!(await isReady(`${url}${readyPath}`))) {
    if (child.exitCode !== null) throw new Error(`${command} ended with code ${child.exitCode}:\n${said}`);
    if (performance.now() - began > deadlineMs) {
      endTree(child, "SIGKILL");
      throw new Error(`${command} did not answer within ${deadlineMs / 1000} s:\n${said}`);
    }
    await sleep(25);
  }
  return {
    url,
    pid: child.pid ?? 0,
    startedInMs: performance.now() - began,
    async stop() {
      endTree(child, "SIGTERM");
      await Promise.race([exit, sleep(5_000)]);
      if (child.exitCode === null && child.signalCode === null) endTree(child, "SIGKILL");
    },
  };
}
