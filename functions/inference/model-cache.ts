import type { Variant } from "#contracts/platform/endpoint.ts";
import { DependencyError } from "#core/errors.ts";
import { loadModel, type Model } from "#onnx/model.ts";
import type { ModelThreads } from "#onnx/threads.ts";
import { logger } from "#runtime/logger.ts";

/** Gives the verified bytes of a variant's model. */
export interface ModelFiles {
  /** @throws an error when there is no such file, or when its SHA-256 is not `digest` */
  read(modelUri: string, digest: string): Promise<Uint8Array>;
}

export interface ModelCache {
  /** At once where the model is loaded. @throws DependencyError when it cannot be loaded; a repeat tries again after some seconds */
  get(variant: Variant, batching: boolean): Model | Promise<Model>;
  /** Frees models of other digests, once their last run is over. */
  retain(digests: ReadonlySet<string>): void;
}

export interface ModelCacheOptions {
  readonly files: ModelFiles;
  /** Where models go whose runs are slow. @default they run on this thread, as where one request is answered at a time */
  readonly threads?: Pick<ModelThreads, "open"> | undefined;
  /** Milliseconds, monotonic. */
  readonly now: () => number;
  /** Models in memory; beyond that the one loaded longest ago is freed. @default 32 */
  readonly maxModels?: number;
}

interface Slot {
  readonly digest: string;
  readonly loading: Promise<Model>;
  model: Model | undefined;
  failedAt: number | undefined;
}

/** A model that failed to load is not tried again for this long: a broken version must not load at every request. */
const retryAfterMs = 5_000;
/** A freed model may still be running for a request that chose it a moment ago. */
const graceMs = 30_000;

export function modelCache({ files, threads, now, maxModels = 32 }: ModelCacheOptions): ModelCache {
  const slots = new Map<string, Slot>();

  function free(key: string, slot: Slot): void {
    slots.delete(key);
    const release = async () => (await slot.loading).release();
    setTimeout(() => {
      release().catch((error: unknown) => logger.debug("a model was not freed", { error }));
    }, graceMs).unref();
  }

  async function load(variant: Variant, batching: boolean): Promise<Model> {
    const { modelName, modelVersion, modelUri, digest } = variant;
    try {
      const read = () => files.read(modelUri, digest);
      return await loadModel(await read(), { batching, ...(threads && { openElsewhere: async () => threads.open(await read()) }) });
    } catch (cause) {
      logger.error("model cannot be loaded", { modelName, modelVersion, modelUri, digest, error: cause });
      const reason = cause instanceof Error ? cause.message : "unknown reason";
      throw new DependencyError(`model version ${modelName}/${modelVersion} cannot be loaded: ${reason}`, { cause, retryAfterSeconds: retryAfterMs / 1_000 });
    }
  }

  async function settle(slot: Slot): Promise<void> {
    try {
      slot.model = await slot.loading;
    } catch {
      slot.failedAt = now();
    }
  }

  function open(key: string, variant: Variant, batching: boolean): Slot {
    const slot: Slot = { digest: variant.digest, loading: load(variant, batching), model: undefined, failedAt: undefined };
    void settle(slot);
    slots.set(key, slot);
    if (slots.size > maxModels) for (const [oldest, unused] of slots.entries().take(1)) free(oldest, unused);
    return slot;
  }

  return {
    get(variant, batching) {
      const key = `${variant.digest} ${batching}`;
      const slot = slots.get(key);
      if (slot?.model) return slot.model;
      if (slot && (slot.failedAt === undefined || now() - slot.failedAt < retryAfterMs)) return slot.loading;
      return open(key, variant, batching).loading;
    },
    retain(digests) {
      for (const [key, slot] of slots) if (!digests.has(slot.digest) && slot.model) free(key, slot);
    },
  };
}
