import type { Finding } from "./finding.ts";

const marks = { ok: "ok  ", warn: "warn", fail: "FAIL", skipped: "skip" } as const;

/** One line a check, with what to do below those that want something, and a sum. */
export function report(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ check }) => check.length));
  const lines = findings.flatMap(({ check, status, found, fix }) => [
    `  ${marks[status]}  ${check.padEnd(width)}  ${found}`,
    ...(fix === undefined ? [] : [`${" ".repeat(width + 10)}fix: ${fix}`]),
  ]);
  const count = (status: Finding["status"]) => findings.filter((finding) => finding.status === status).length;
  return `${lines.join("\n")}\n\n${count("ok")} ok, ${count("warn")} to look at, ${count("fail")} failed, ${count("skipped")} skipped\n`;
}

/** 1 where something fails; what is only to look at, or was skipped, fails nothing. */
export const exitCodeOf = (findings: readonly Finding[]): 0 | 1 => (findings.some(({ status }) => status === "fail") ? 1 : 0);
