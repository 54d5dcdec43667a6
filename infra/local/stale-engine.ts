import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";

/** The command line of a process, however this system tells it; empty when there is no such process. */
function commandOf(pid: string): string {
  if (existsSync(`/proc/${pid}/cmdline`)) return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  return spawnSync("ps", ["-o", "command=", "-p", pid], { encoding: "utf8" }).stdout ?? "";
}

/**
 * Ends the table engine of a platform that was killed: two engines on one file would not see each other's writes. The process is ended only
 * if its command line still names that file, since its number may belong to another program by now.
 */
export function endStaleEngine(pidFile: string, databaseFile: string): void {
  if (!existsSync(pidFile)) return;
  const pid = readFileSync(pidFile, "utf8").trim();
  if (/^\d+$/.test(pid) && commandOf(pid).includes(databaseFile)) process.kill(Number(pid), "SIGKILL");
  rmSync(pidFile, { force: true });
}

export const rememberEngine = (pidFile: string, pid: number | undefined): void => writeFileSync(pidFile, `${pid ?? ""}\n`, { mode: 0o600 });
