import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Lifecycle } from "#infra/local/lifecycle.ts";
import { startTestPlatform } from "#test/support/platform.ts";
import { productionPackages } from "#test/support/production-packages.ts";
import packageJson from "../../../package.json" with { type: "json" };
import { type AreaResult, type BenchOptions, type Measurement, median } from "../measurement.ts";
import { memoryMb, treeOf } from "../processes.ts";
import { bundles } from "./bundles.ts";

const repeats = 3;
const settleMs = 3_000;

const since = (began: number) => (performance.now() - began) / 1000;

/** Seconds from the start of the process to its ready line, on a new data folder and on one that is there, and its memory a little later. */
async function starts(parts: Lifecycle): Promise<{ readonly empty: number; readonly present: number; readonly memory: number }> {
  const [empty, present, memory]: [number[], number[], number[]] = [[], [], []];
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    let began = performance.now();
    const started = await startTestPlatform();
    parts.defer("platform", () => started.stop());
    empty.push(since(began));
    await started.kill("SIGINT");
    began = performance.now();
    await started.restart();
    present.push(since(began));
    await sleep(settleMs);
    memory.push(memoryMb(treeOf(started.pid)));
    await started.stop();
  }
  return { empty: median(empty), present: median(present), memory: median(memory) };
}

/** Seconds of `cdk synth` over all stacks, bundles included. */
function synthesis(): number {
  const output = mkdtempSync(join(tmpdir(), "capstan-bench-"));
  const began = performance.now();
  const { status, stderr } = spawnSync("cdk", ["synth", "--quiet", "--output", output], {
    cwd: fileURLToPath(new URL("../../..", import.meta.url)),
    encoding: "utf8",
  });
  const seconds = since(began);
  rmSync(output, { recursive: true, force: true });
  if (status !== 0) throw new Error(`cdk synth failed:\n${stderr.slice(-2000)}`);
  return seconds;
}

/** What the platform itself costs: to start, to keep, to deploy. It has no peer. */
export async function platform({ tell, parts }: BenchOptions): Promise<AreaResult> {
  const lower = { better: "lower" } as const;
  tell("starts");
  const { empty, present, memory } = await starts(parts);
  const measurements: Measurement[] = [
    { what: "start to the ready line, data present", unit: "s", ...lower, own: { value: present }, goal: { most: 3 } },
    { what: "start to the ready line, empty", unit: "s", ...lower, own: { value: empty }, goal: { most: 5 } },
    { what: "memory of the whole platform at rest", unit: "MB", ...lower, own: { value: memory }, goal: { most: 350 } },
    { what: "packages in production", unit: "packages", ...lower, own: { value: productionPackages().length }, goal: { most: 80 } },
  ];
  tell("bundles and layers");
  measurements.push(...(await bundles()));
  tell("synthesis");
  measurements.push({ what: "cdk synth, all stacks", unit: "s", ...lower, own: { value: synthesis() }, goal: { most: 40 } });
  return {
    measurements,
    versions: { Capstan: packageJson.version },
    notes: [
      `Starts and memory are medians of ${repeats}. Memory is the proportional set size of every process of the platform: API, workers, table engine, inference server.`,
      "Packages are those of package-lock.json that `npm ci --omit=dev` may install, binaries for every platform included.",
    ],
  };
}
