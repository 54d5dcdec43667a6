import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { scriptLog } from "./script-log.ts";

export interface ScriptOptions {
  readonly command: readonly string[];
  readonly folder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly logFile: string;
  /** Seconds between SIGTERM and SIGKILL. */
  readonly killAfterSeconds: number;
  /** Every line that the script writes, on either stream. */
  readonly line: (text: string) => void;
}

export interface ScriptProcess {
  /** The exit code; undefined where a signal ended it or it could not be started, which `trouble` then explains. */
  readonly ended: Promise<{ readonly exitCode: number | undefined; readonly trouble: string }>;
  readonly pid: number | undefined;
  /** SIGTERM to the script and all that it started, SIGKILL to what is left when the time is over. @param seconds between the two, if other than at the start */
  stop(seconds?: number): void;
}

/** Runs a script in a process group of its own, so that nothing that it started outlives it. */
export function startScript({ command: [program = "", ...args], folder, environment, logFile, killAfterSeconds, line }: ScriptOptions): ScriptProcess {
  const child = spawn(program, args, { cwd: folder, env: environment, stdio: ["ignore", "pipe", "pipe"], detached: true });
  const log = scriptLog(logFile);
  const streams = [child.stdout, child.stderr].map((stream) => {
    const lines = createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY });
    lines.on("line", (text) => {
      log.write(text);
      line(text);
    });
    return new Promise((resolve) => lines.once("close", resolve));
  });
  let timer: NodeJS.Timeout | undefined;
  const signal = (name: NodeJS.Signals) => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, name);
    } catch {
      // The group is gone: that is what was wanted.
    }
  };
  const exited = new Promise<{ readonly exitCode: number | undefined; readonly trouble: string }>((resolve) => {
    child.once("error", (error) => resolve({ exitCode: undefined, trouble: error.message }));
    child.once("exit", (code, name) => resolve({ exitCode: code ?? undefined, trouble: name === null ? "" : `ended by ${name}` }));
  });
  async function settle() {
    const result = await exited;
    clearTimeout(timer);
    signal("SIGKILL");
    await Promise.all(streams);
    await log.close();
    return result;
  }
  return {
    ended: settle(),
    pid: child.pid,
    stop(seconds = killAfterSeconds) {
      if (timer === undefined) signal("SIGTERM");
      clearTimeout(timer);
      timer = setTimeout(() => signal("SIGKILL"), seconds * 1000);
    },
  };
}
