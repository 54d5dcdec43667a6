import { randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Endpoint } from "#contracts/platform/endpoint.ts";
import type { CaptureSink } from "#core/monitoring/captures.ts";
import type { EndpointSource } from "#core/serving/endpoint-source.ts";
import { type StatisticsSink, statisticsRecorder } from "#core/serving/record-statistics.ts";
import { sageMakerRuntime } from "#gateways/clients.ts";
import { invokeEndpoint } from "#gateways/sagemaker/invoke-endpoint.ts";
import { type EndpointDirectory, endpointDirectory } from "./endpoint-directory.ts";
import { hostedModels } from "./hosted-models.ts";
import { lastKnown } from "./last-known.ts";
import { type ModelCacheOptions, type ModelFiles, modelCache } from "./model-cache.ts";
import type { InferenceContext } from "./predict.ts";

export interface ContextOptions {
  readonly source: EndpointSource;
  readonly files: ModelFiles;
  readonly statistics: StatisticsSink;
  readonly captures: CaptureSink;
  readonly threads?: ModelCacheOptions["threads"];
  /** Where the last known endpoints are kept over restarts. */
  readonly folder: string;
  readonly refreshMs: number;
  readonly defaultEndpoint?: string | undefined;
  /** Begins the names of endpoints on SageMaker; absent where there are none. */
  readonly hostedPrefix?: string | undefined;
}

/** The folder for what may be lost: models and endpoints as last seen. */
export const cacheFolder = (configured: string | undefined): string => join(configured ?? join(tmpdir(), "capstan"), "inference");

/** Everything that a server of predictions keeps, on the process's own clocks and randomness. */
export function inferenceContext(options: ContextOptions): InferenceContext {
  const clock = () => performance.now();
  const models = modelCache({ files: options.files, threads: options.threads, now: clock });
  const { hostedPrefix: namePrefix } = options;
  const hosted = namePrefix === undefined ? undefined : hostedModels({ invoke: invokeEndpoint(sageMakerRuntime), namePrefix, now: clock });

  /** Loads what will get traffic here before it does, and lets go of what no endpoint uses. */
  async function prepare(endpoint: Endpoint): Promise<void> {
    const serving = endpoint.variants.filter((variant) => variant.weight > 0 && !variant.revoked && hosted?.answers(endpoint, variant) !== true);
    await Promise.allSettled(serving.map(async (variant) => models.get(variant, endpoint.batching)));
    models.retain(new Set([endpoint, ...directory.known()].flatMap(({ variants }) => variants.map(({ digest }) => digest))));
  }
  const directory: EndpointDirectory = endpointDirectory({
    source: options.source,
    disk: lastKnown(join(options.folder, "endpoints")),
    now: clock,
    refreshMs: options.refreshMs,
    prepare,
  });
  return {
    directory,
    models,
    hosted,
    statistics: statisticsRecorder(options.statistics, Date.now),
    captures: options.captures,
    clock,
    now: Date.now,
    random: Math.random,
    newId: randomUUID,
    defaultEndpoint: options.defaultEndpoint,
  };
}
