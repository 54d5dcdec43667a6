import { spawnSync } from "node:child_process";

/** One command of a longer job, and what it is for. */
export interface Step {
  readonly title: string;
  readonly command: string;
  readonly args: readonly string[];
}

/** Runs commands one after the other with their output shown, and stops at the first that fails. @returns its exit code, 0 when all passed */
export function runSteps(steps: readonly Step[]): number {
  for (const { title, command, args } of steps) {
    process.stdout.write(`\n> ${title}\n`);
    const started = performance.now();
    const { status, error } = spawnSync(command, args, { stdio: "inherit" });
    if (error) throw error;
    process.stdout.write(`  ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
    if (status !== 0) {
      process.stderr.write(`failed: ${title} (${command} ${args.join(" ")})\n`);
      return status ?? 1;
    }
  }
  return 0;
}
