import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const fileIn = (folder: string) => join(folder, "pid");

/** The environment of a process, however this system tells it; empty when there is no such process. */
function environmentOf(pid: string): string {
  if (existsSync(`/proc/${pid}/environ`)) return readFileSync(`/proc/${pid}/environ`, "utf8");
  return spawnSync("ps", ["-E", "-o", "command=", "-p", pid], { encoding: "utf8" }).stdout ?? "";
}

/** Remembers the process of a job's script, so that a platform that was killed can end it when it is back. */
export const rememberScript = (folder: string, pid: number | undefined): void => writeFileSync(fileIn(folder), `${pid ?? ""}\n`, { mode: 0o600 });

/**
 * Ends a script that outlived its platform, and all that it started. It is ended only if its environment still names the job's folder,
 * since its number may belong to another program by now.
 */
export function endStaleScript(folder: string): void {
  const file = fileIn(folder);
  if (!existsSync(file)) return;
  const pid = readFileSync(file, "utf8").trim();
  try {
    if (/^\d+$/.test(pid) && environmentOf(pid).includes(folder)) process.kill(-Number(pid), "SIGKILL");
  } catch {
    // It ended in between: that is what was wanted.
  }
  rmSync(file, { force: true });
}
