import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** Linux counts CPU time in ticks of 1/100 s (proc(5), `_SC_CLK_TCK`). */
const ticksPerSecond = 100;

const read = (path: string): string => {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
};

/** Fields of /proc/<pid>/stat from `state` on: the name before them may hold spaces and brackets. */
const statOf = (pid: number): readonly string[] => {
  const text = read(`/proc/${pid}/stat`);
  return text.slice(text.lastIndexOf(")") + 2).split(" ");
};

/** A process and all that it started, directly or not, as of now. */
export function treeOf(root: number): readonly number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const parent = Number(statOf(Number(name))[1]);
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const found: number[] = [];
  const visit = (pid: number) => {
    found.push(pid);
    children.get(pid)?.forEach(visit);
  };
  visit(root);
  return found;
}

/** CPU seconds that processes have used so far, in user and kernel mode. */
export const cpuSeconds = (pids: readonly number[]): number =>
  pids.reduce((sum, pid) => {
    const [, , , , , , , , , , , user = "0", system = "0"] = statOf(pid);
    return sum + (Number(user) + Number(system)) / ticksPerSecond;
  }, 0);

/** Waits until a process and what it started have used less than a twentieth of a core for a second: work behind the scenes is over. */
export async function untilIdle(root: number): Promise<void> {
  for (let before = cpuSeconds(treeOf(root)), used = 1; used > 0.05; ) {
    await sleep(1_000);
    const now = cpuSeconds(treeOf(root));
    [used, before] = [Math.abs(now - before), now];
  }
}

/** CPU seconds that the whole machine has been busy, hypervisor's share included. */
export function machineBusySeconds(): number {
  const [user = 0, nice = 0, system = 0, , , interrupts = 0, softInterrupts = 0, stolen = 0] = (read("/proc/stat").split("\n")[0] ?? "")
    .split(/\s+/)
    .slice(1)
    .map(Number);
  return (user + nice + system + interrupts + softInterrupts + stolen) / ticksPerSecond;
}

/** Memory in MB that processes hold; pages that several share count once (proportional set size). */
export function memoryMb(pids: readonly number[]): number {
  const kilobytes = pids.map((pid) => Number(/^Pss: +(\d+) kB/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0));
  return kilobytes.reduce((sum, size) => sum + size, 0) / 1000;
}

/** The process in a tree whose command line holds a text, and a variable of its environment. */
export function variableOf(root: number, command: string, name: string): { readonly pid: number; readonly value: string } | undefined {
  for (const pid of treeOf(root)) {
    if (!read(`/proc/${pid}/cmdline`).replaceAll("\0", " ").includes(command)) continue;
    const [, value] = new RegExp(`(?:^|\0)${name}=([^\0]*)`).exec(read(`/proc/${pid}/environ`)) ?? [];
    if (value !== undefined) return { pid, value };
  }
  return undefined;
}
