import type { endpointContract } from "#contracts/platform/endpoints.ts";
import type { pipelineContract } from "#contracts/platform/pipelines.ts";
import { address, mlflow } from "../address.ts";
import { type ReplyOf, read } from "../client.ts";
import type { MonitorsReply } from "../drift/wire.ts";
import type { ExperimentsReply } from "../experiments/wire.ts";
import type { ViewsReply } from "../features/wire.ts";
import type { ModelsReply } from "../models/wire.ts";
import type { FoundReply } from "../recent-runs/wire.ts";
import type { Entry } from "./entry.ts";

type EndpointsReply = ReplyOf<typeof endpointContract, "listEndpoints">;
type ExecutionsReply = ReplyOf<typeof pipelineContract, "listExecutions">;

/** A route that is asked for what was typed. */
export interface Source {
  readonly name: string;
  /** Fewer letters than these would find too much to be worth the question. */
  readonly from: number;
  /** The same for every text: asked once, and searched here. */
  readonly isWhole?: boolean;
  readonly ask: (typed: string, signal: AbortSignal) => Promise<readonly Entry[]>;
}

const few = 8;
/** A filter's text: what would end it or stand for other letters matches any letter. */
const holding = (attribute: string, typed: string) => `${attribute} ILIKE '%${typed.replaceAll(/['"%_\\]/g, "_")}%'`;
const whole = (name: string, ask: (signal: AbortSignal) => Promise<readonly Entry[]>): Source => ({
  name,
  from: 1,
  isWhole: true,
  ask: (_typed, signal) => ask(signal),
});

/** Executions are read so many pages of 200 far back. */
const mostPages = 5;

/** Executions, the newest first, and the pipelines that they are of. */
async function executions(signal: AbortSignal): Promise<readonly Entry[]> {
  const found: ExecutionsReply["executions"] = [];
  let pageToken: string | undefined;
  for (let page = 0; page === 0 || (page < mostPages && pageToken !== undefined); page += 1) {
    const reply: ExecutionsReply = await read(address(["capstan", "v1", "executions"], { limit: 200, pageToken }), signal);
    found.push(...reply.executions);
    pageToken = reply.nextPageToken;
  }
  const pipelines = new Set(found.map(({ pipeline }) => pipeline));
  return [
    ...[...pipelines].map((name) => ({ kind: "Pipeline", text: name, to: { href: address(["pipelines"], { pipeline: name }) } })),
    ...found.map(({ name, status }) => ({ kind: "Execution", text: name, hint: status, to: { href: address(["pipelines", "executions", name]) } })),
  ];
}

async function monitors(signal: AbortSignal): Promise<readonly Entry[]> {
  const reply = await read<MonitorsReply>("/capstan/v1/monitors", signal);
  return reply.monitors.map(({ name, endpoint }) => ({ kind: "Monitor", text: name, hint: endpoint, to: { href: address(["drift", name]) } }));
}

async function views(signal: AbortSignal): Promise<readonly Entry[]> {
  const reply = await read<ViewsReply>("/capstan/v1/features/views", signal);
  return reply.views.map(({ name }) => ({ kind: "Feature view", text: name, to: { href: address(["features", name]) } }));
}

/** Everything of the platform that has a name, by the routes that its pages read too. */
export const sources: readonly Source[] = [
  {
    name: "experiments",
    from: 1,
    async ask(typed, signal) {
      const reply = await read<ExperimentsReply>(mlflow("experiments/search", { filter: holding("name", typed), max_results: few }), signal);
      return (reply.experiments ?? []).map((it) => ({
        kind: "Experiment",
        text: it.name,
        hint: it.experiment_id,
        to: { href: address(["experiments", it.experiment_id]) },
      }));
    },
  },
  {
    name: "runs",
    from: 2,
    async ask(typed, signal) {
      const { runs } = await read<FoundReply>(address(["capstan", "v1", "runs", "found"], { text: typed, limit: few }), signal);
      return runs.map(({ runId, name, experimentName }) => ({
        kind: "Run",
        text: name || runId,
        hint: name === "" || typed.toLowerCase() === runId ? runId : experimentName,
        to: { href: address(["runs", runId]) },
      }));
    },
  },
  {
    name: "models",
    from: 1,
    async ask(typed, signal) {
      const [named = typed] = typed.split(/\s+(?:v|version)?\s*\d+$/i);
      const reply = await read<ModelsReply>(mlflow("registered-models/search", { filter: holding("name", named), max_results: few }), signal);
      return (reply.registered_models ?? []).flatMap(({ name, latest_versions = [] }) => [
        { kind: "Model", text: name, to: { href: address(["models", name]) } },
        ...latest_versions.map(({ version }) => ({ kind: "Model version", text: `${name} version ${version}`, to: { href: address(["models", name]) } })),
      ]);
    },
  },
  {
    name: "endpoints",
    from: 1,
    async ask(typed, signal) {
      const reply = await read<EndpointsReply>(address(["capstan", "v1", "endpoints"], { nameContains: typed, pageSize: few }), signal);
      return reply.endpoints.map(({ name }) => ({ kind: "Endpoint", text: name, to: { href: address(["endpoints", name]) } }));
    },
  },
  whole("executions", executions),
  whole("monitors", monitors),
  whole("views", views),
];
