import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Lifecycle } from "#infra/local/lifecycle.ts";
import { freePort } from "#infra/local/ports.ts";
import { testPort } from "#test/support/platform.ts";
import packageJson from "../../../package.json" with { type: "json" };
import { measureLoad } from "../load/measure-load.ts";
import type { AreaResult, BenchOptions, Figure, Goal, Measurement } from "../measurement.ts";
import { startFastApi, startMlflowScoring } from "../servers/model-servers.ts";
import { peerCommands, versionOf } from "../servers/python-env.ts";
import type { ServerProcess } from "../servers/server-process.ts";
import { coldStart } from "./cold-start.ts";
import { inferBody, models, rowsBody, scoringBody } from "./models.ts";
import { type OwnServing, startOwnServing } from "./own-serving.ts";
import { severalProcesses } from "./several-processes.ts";

interface Peers {
  readonly fastApi: ServerProcess;
  readonly mlflow: ServerProcess;
}

async function startPeers(commands: string, parts: Lifecycle): Promise<Peers> {
  const folder = await mkdtemp(join(tmpdir(), "capstan-bench-"));
  parts.defer("models", () => rm(folder, { recursive: true, force: true }));
  const files = { tiny: join(folder, "tiny.onnx"), mlp: join(folder, "mlp.onnx") };
  await writeFile(files.tiny, models.tiny.onnx);
  await writeFile(files.mlp, models.mlp.onnx);
  const port = await testPort();
  const fastApi = await startFastApi(commands, files, await freePort("127.0.0.1", port));
  parts.defer("FastAPI", () => fastApi.stop());
  const mlflow = await startMlflowScoring(commands, files.tiny, folder, await freePort("127.0.0.1", port + 1));
  parts.defer("mlflow models serve", () => mlflow.stop());
  return { fastApi, mlflow };
}

interface Plan {
  readonly what: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
  readonly connections: number;
  readonly against: "fastApi" | "mlflow";
  /** Through the laptop's gateway, not to the inference server itself. */
  readonly gateway?: true;
  readonly goal?: Goal;
}

const v2 = (name: "tiny" | "mlp", connections: number, rest: Partial<Plan> = {}): Plan => ({
  what: `${name}, V2 JSON, ${connections} connection${connections === 1 ? "" : "s"}`,
  path: `/v2/models/${name}/infer`,
  body: inferBody(models[name]),
  connections,
  against: "fastApi",
  ...rest,
});

const plans: readonly Plan[] = [
  v2("tiny", 1),
  v2("tiny", 16),
  v2("tiny", 64, { goal: { ratio: 7 } }),
  { ...v2("tiny", 64), what: "tiny, rows to /predict, 64 connections", path: "/predict/tiny", body: rowsBody(models.tiny) },
  v2("mlp", 16),
  v2("mlp", 64, { goal: { ratio: 3 } }),
  {
    ...v2("tiny", 64),
    what: "tiny, /invocations, 64 connections",
    path: "/invocations",
    headers: { "x-capstan-endpoint": "tiny" },
    body: scoringBody(models.tiny),
    against: "mlflow",
    goal: { ratio: 40 },
  },
  { ...v2("tiny", 64), what: "tiny, V2 JSON, 64 connections, by the laptop's gateway", gateway: true },
];

/** How late a health check is answered while a model of 16 ms runs without pause: an orchestrator ends a server that is late too often. */
async function healthUnderLoad(own: OwnServing, seconds: number): Promise<Measurement> {
  const load = { url: `${own.url}/v2/models/heavy/infer`, body: inferBody(models.heavy), connections: 2, seconds: seconds + 1, once: true } as const;
  const checks = measureLoad({ url: `${own.url}/v2/health/live`, method: "GET", connections: 1, seconds, once: true }, own.pid);
  const [{ p99 = Number.NaN, foreign = 0 }] = await Promise.all([checks, measureLoad(load, own.pid)]);
  return { what: "health check while a 16 ms model is under load, p99", unit: "ms", better: "lower", own: { value: p99, foreign }, goal: { most: 5 } };
}

const names = { fastApi: "FastAPI", mlflow: "mlflow models serve" } as const;

async function measurePlan(plan: Plan, own: OwnServing, peers: Peers | undefined, seconds: number): Promise<Measurement> {
  const { what, path, headers = {}, body, connections, against, gateway, goal } = plan;
  const load = { headers, body, connections, seconds };
  const side = gateway ? own.platform : own;
  const figure = await measureLoad({ ...load, url: `${side.url}${path}` }, side.pid);
  const peer = peers?.[against];
  const peerFigure: Figure | undefined = peer && (await measureLoad({ ...load, url: `${peer.url}${path}` }, peer.pid));
  return {
    what,
    unit: "requests/s",
    better: "higher",
    own: figure,
    ...(peerFigure && { peer: { who: names[against], ...peerFigure } }),
    ...(goal && { goal }),
  };
}

/** The inference server, with validation, statistics and logging as in production, against servers of the same models. */
export async function serving({ peers, seconds, tell, parts }: BenchOptions): Promise<AreaResult> {
  const commands = peers ? peerCommands(tell) : undefined;
  tell("start to first prediction");
  const { firstPredictionMs, memory } = await coldStart();
  const measurements: Measurement[] = [
    { what: "process start to first prediction", unit: "ms", better: "lower", own: { value: firstPredictionMs }, goal: { most: 250 } },
    { what: "memory with one tiny model", unit: "MB", better: "lower", own: { value: memory }, goal: { most: 130 } },
  ];
  const own = await startOwnServing(parts);
  const started = commands === undefined ? undefined : await startPeers(commands, parts);
  for (const plan of plans) {
    tell(plan.what);
    measurements.push(await measurePlan(plan, own, started, seconds));
  }
  tell("health checks under load");
  measurements.push(await healthUnderLoad(own, seconds));
  tell("several processes");
  measurements.push(await severalProcesses(seconds));
  const version = (name: string) => (commands === undefined ? "" : versionOf(commands, name));
  const stack = ["uvicorn", "onnxruntime"].map((name) => `${name} ${version(name)}`).join(", ");
  return {
    measurements,
    versions: {
      Capstan: `${packageJson.version}, one process`,
      ...(commands !== undefined && { FastAPI: `${version("fastapi")} (${stack}, one worker)`, "mlflow models serve": `${version("mlflow")}, one worker` }),
    },
    notes: [
      "One row a request. tiny: 4 features, a linear score; mlp: 784-128-10, 6 kB of JSON. Every server runs a session on one thread.",
      "A model whose runs take more than 2 ms leaves the event loop of the inference process for a thread; smaller ones stay, where they are fastest.",
      "Capstan writes statistics of every request meanwhile; FastAPI validates with pydantic and does nothing else.",
      "Not measured: KServe, MLServer and Triton, which need Python environments of their own that take longer to install than this bench runs; small models in more than one process, for lack of cores beside the load generator.",
    ],
  };
}
