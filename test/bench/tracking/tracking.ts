import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "#infra/local/ports.ts";
import { packedRuns } from "#test/support/packed-runs.ts";
import { startTestPlatform, testPort } from "#test/support/platform.ts";
import packageJson from "../../../package.json" with { type: "json" };
import type { AreaResult, BenchOptions, Figure, Goal, Measurement } from "../measurement.ts";
import { memoryMb, treeOf } from "../processes.ts";
import { fillMlflow, startMlflow } from "../servers/mlflow.ts";
import { peerCommands, versionOf } from "../servers/python-env.ts";
import { chart, coldSearch, searchOnce, walkRuns, warmSearch, wholeHistory } from "./reads.ts";
import { benchRuns, checkFilled, history, logRuns } from "./runs.ts";
import type { Subject } from "./subject.ts";
import { createRun, logBatch, logMetric, writers } from "./writes.ts";

const runCount = 10_000;
const settleMs = 2_000;

interface Filled {
  readonly subject: Subject;
  readonly restMb: number;
}

const restOf = async (pid: number) => {
  await sleep(settleMs);
  return memoryMb(treeOf(pid));
};

/** Compaction ends with taking the live items of packed runs away. */
const retireMs = 20_000;

/** Packed and started again after it was filled, so that its first search is a cold one. */
async function ownServer({ tell, parts }: BenchOptions): Promise<Filled> {
  const platform = await startTestPlatform();
  parts.defer("platform", () => platform.stop());
  const restMb = await restOf(platform.pid);
  tell(`logging ${runCount} runs and ${history.points} points over HTTP`);
  const filled = await logRuns(platform, benchRuns(runCount));
  tell("waiting until the runs are packed, which a search asks for");
  const began = performance.now();
  const unpacked = await searchOnce(filled);
  const blocks = await packedRuns(platform, filled.experimentId, runCount);
  tell(`the search took ${unpacked.toFixed(0)} ms; ${blocks.length} blocks after ${((performance.now() - began) / 1000).toFixed(0)} s`);
  await sleep(retireMs);
  await platform.restart();
  return { subject: { ...filled, url: platform.url, pid: platform.pid }, restMb };
}

async function mlflowServer(commands: string, { tell, parts }: BenchOptions): Promise<Filled> {
  const folder = await mkdtemp(join(tmpdir(), "capstan-bench-"));
  parts.defer("MLflow's folder", () => rm(folder, { recursive: true, force: true }));
  tell(`writing ${runCount} runs and ${history.points} points into MLflow's database`);
  const ids = JSON.parse(fillMlflow(commands, folder, { experiment: "bench", runs: benchRuns(runCount), history })) as Omit<Subject, "url" | "pid">;
  const server = await startMlflow(commands, folder, await freePort("127.0.0.1", await testPort()));
  parts.defer("MLflow", () => server.stop());
  return { subject: { ...ids, url: server.url, pid: server.pid }, restMb: await restOf(server.pid) };
}

interface Plan extends Pick<Measurement, "what" | "unit" | "better"> {
  readonly goal?: Goal;
  readonly measure: (subject: Subject) => Promise<Figure>;
}

const plans = (seconds: number): readonly Plan[] => {
  const ms = { unit: "ms", better: "lower" } as const;
  const calls = { unit: "calls/s", better: "higher" } as const;
  return [
    { what: "search, cold", ...ms, goal: { ratio: 3 }, measure: coldSearch },
    { what: "search, warm, 1 client", ...ms, goal: { ratio: 30 }, measure: (subject) => warmSearch(subject, 1, seconds) },
    { what: "search, warm, 4 clients", ...ms, goal: { ratio: 100 }, measure: (subject) => warmSearch(subject, 4, seconds) },
    { what: "walk of all runs in pages of 1,000", ...ms, goal: { ratio: 30 }, measure: (subject) => walkRuns(subject, runCount) },
    { what: "history of 100,000 points", ...ms, goal: { ratio: 20 }, measure: wholeHistory },
    { what: "chart: 2,500 of 100,000 points", ...ms, goal: { ratio: 5 }, measure: chart },
    { what: "log_metric", ...calls, goal: { ratio: 15 }, measure: (subject) => logMetric(subject, seconds, true) },
    { what: "log_metric, new connections", ...calls, goal: { ratio: 15 }, measure: (subject) => logMetric(subject, seconds, false) },
    { what: "create_run", ...calls, goal: { ratio: 15 }, measure: (subject) => createRun(subject, seconds, true) },
    { what: "create_run, new connections", ...calls, goal: { ratio: 15 }, measure: (subject) => createRun(subject, seconds, false) },
    { what: "log_batch(1,000), 1 key", unit: "points/s", better: "higher", goal: { ratio: 15 }, measure: (subject) => logBatch(subject, seconds, 1) },
    { what: "log_batch(1,000), 1,000 keys", unit: "points/s", better: "higher", goal: { ratio: 15 }, measure: (subject) => logBatch(subject, seconds, 1_000) },
  ];
};

/** The tracking server against MLflow's, each measurement on both sides one right after the other. */
export async function tracking(options: BenchOptions): Promise<AreaResult> {
  const commands = options.peers ? peerCommands(options.tell) : undefined;
  const own = await ownServer(options);
  const peer = commands === undefined ? undefined : await mlflowServer(commands, options);
  const measurements: Measurement[] = [
    {
      what: "memory at rest, whole platform",
      unit: "MB",
      better: "lower",
      own: { value: own.restMb },
      ...(peer && { peer: { who: "MLflow", value: peer.restMb } }),
      goal: { most: 300 },
    },
  ];
  for (const { measure, ...plan } of plans(options.seconds)) {
    options.tell(plan.what);
    const figure = await measure(own.subject);
    measurements.push({ ...plan, own: figure, ...(peer && { peer: { who: "MLflow", ...(await measure(peer.subject)) } }) });
  }
  for (const side of peer ? [own, peer] : [own]) await checkFilled(side.subject, runCount);
  return {
    measurements,
    versions: { Capstan: packageJson.version, ...(commands !== undefined && { MLflow: `${versionOf(commands, "mlflow")}, sqlite, 4 workers` }) },
    notes: [
      `Both servers hold ${runCount} runs of 5 metrics, 3 params and 2 tags: ours were logged over HTTP, MLflow's written into its database in bulk.`,
      "A search is `metrics.acc > 0.9 and params.lr = '0.1'` ordered by another metric, first 100; its figure is the median. Cold is the first one after a start that has answered a search of an empty experiment.",
      "Our runs had been packed into blocks before they were searched, as happens within a minute or two of a first search.",
      `Writes come from ${writers} connections. MLflow answers on a kept connection about 40 ms late (delayed acknowledgements), so both ways are shown.`,
    ],
  };
}
