import { createHash } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Endpoint, Variant } from "#contracts/platform/endpoint.ts";
import type { CaptureRecord } from "#contracts/sagemaker/capture.ts";
import { DependencyError } from "#core/errors.ts";
import { statisticsRecorder } from "#core/serving/record-statistics.ts";
import { type MinuteCounts, totalOfVariant, type VariantCounts } from "#core/serving/statistics.ts";
import { endpointDirectory } from "#functions/inference/endpoint-directory.ts";
import { hostedModels } from "#functions/inference/hosted-models.ts";
import { createInference } from "#functions/inference/inference.ts";
import { lastKnown } from "#functions/inference/last-known.ts";
import { modelCache } from "#functions/inference/model-cache.ts";
import type { InferenceContext } from "#functions/inference/predict.ts";
import type { InvokeEndpoint } from "#gateways/sagemaker/invoke-endpoint.ts";

const digestOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** A variant whose model is these bytes. */
export const aVariant = (model: Uint8Array, fields: Partial<Variant> = {}): Variant => {
  const digest = digestOf(model);
  return { name: "main", modelName: "churn", modelVersion: "1", modelUri: `s3://artifacts/${digest}`, digest, weight: 1, ...fields };
};

export const anEndpoint = (variants: readonly Variant[], fields: Partial<Endpoint> = {}): Endpoint => ({
  name: "churn",
  description: "",
  tags: {},
  variants: [...variants],
  assignment: { mode: "random" },
  captureRate: 0,
  batching: true,
  revision: 1,
  createdAt: 1,
  updatedAt: 1,
  updatedBy: "tester",
  ...fields,
});

export interface Asked {
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** An inference server on fakes: endpoints and models that a test can change, take away or break. */
export function anInference(models: readonly Uint8Array[], folder = mkdtempSync(join(tmpdir(), "capstan-")), invoke?: InvokeEndpoint) {
  const bytes = new Map(models.map((model) => [digestOf(model), model]));
  const endpoints = new Map<string, Endpoint>();
  const captured: { readonly variant: string; readonly record: CaptureRecord }[] = [];
  const parts = new Map<string, MinuteCounts>();
  const state = { down: false, clock: 0, draw: 0, lookups: 0, loads: 0, nextId: 0 };
  const now = () => state.clock;
  const statistics = statisticsRecorder({ write: async (endpoint, part) => void parts.set(`${endpoint} ${part.minute}`, part) }, now);
  const cache = modelCache({
    now,
    files: {
      async read(_uri, digest) {
        state.loads += 1;
        const found = bytes.get(digest);
        if (!found) throw new Error("no such file");
        return found;
      },
    },
  });
  const ctx: InferenceContext = {
    directory: endpointDirectory({
      now,
      refreshMs: 1_000,
      disk: lastKnown(folder),
      source: {
        async find(name) {
          state.lookups += 1;
          if (state.down) throw new DependencyError("tables are down");
          return endpoints.get(name);
        },
      },
      prepare: async ({ variants, batching }) => {
        await Promise.allSettled(variants.map(async (variant) => cache.get(variant, batching)));
      },
    }),
    models: cache,
    hosted: invoke && hostedModels({ invoke, namePrefix: "capstan-dev", now }),
    statistics,
    captures: { capture: ({ variant }, record) => void captured.push({ variant, record }), flush: async () => {} },
    clock: now,
    now,
    random: () => state.draw,
    newId: () => `id-${state.nextId++}`,
  };
  const handler = createInference(ctx);
  return {
    ctx,
    endpoints,
    state,
    captured,
    folder,
    counts: async (variant: string): Promise<VariantCounts> => {
      await statistics.flush();
      return totalOfVariant([...parts.values()], variant);
    },
    ask: async ({ path, method = "POST", headers = {}, body }: Asked) => {
      const raw = body === undefined ? Buffer.alloc(0) : Buffer.isBuffer(body) ? body : Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
      const response = await handler({
        method,
        path,
        headers: { "content-type": "application/json", ...headers },
        body: raw,
        requestId: "r",
        principal: "tester",
      });
      const reply = Buffer.from(response.body as string);
      const isJson = response.headers["content-type"]?.startsWith("application/json") ?? false;
      return { status: response.status, headers: response.headers, bytes: reply, body: isJson ? JSON.parse(reply.toString()) : reply.toString() };
    },
  };
}
