import type { Endpoint, Variant } from "#contracts/platform/endpoint.ts";
import { DomainError } from "#core/errors.ts";
import type { CaptureSink } from "#core/monitoring/captures.ts";
import { assignVariant, substituteFor, type VariantWish } from "#core/serving/endpoint-source.ts";
import { countNullRows } from "#core/serving/predictions.ts";
import type { StatisticsRecorder } from "#core/serving/record-statistics.ts";
import { rowCount, type Tensor } from "#core/serving/tensor.ts";
import type { Model } from "#onnx/session.ts";
import type { EndpointDirectory } from "./endpoint-directory.ts";
import type { ModelCache } from "./model-cache.ts";
import type { Reader } from "./scoring-wire.ts";

export interface InferenceContext {
  readonly directory: EndpointDirectory;
  readonly models: ModelCache;
  readonly statistics: StatisticsRecorder;
  readonly captures: CaptureSink;
  /** Milliseconds, monotonic. */
  readonly clock: () => number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Evenly distributed in [0, 1). */
  readonly random: () => number;
  readonly newId: () => string;
  /** Answers /invocations where the request names no endpoint. */
  readonly defaultEndpoint?: string | undefined;
}

export interface Ask extends Omit<VariantWish, "key"> {
  readonly endpoint: string;
  /** The caller's own id of this prediction, which ground truth will carry. */
  readonly inferenceId?: string | undefined;
  /** The key for sticky assignment. @param field the column that the endpoint names, if it does */
  readonly keyOf: (field: string | undefined) => string | undefined;
}

export interface Prediction {
  readonly id: string;
  readonly inferenceId: string | undefined;
  readonly endpoint: Endpoint;
  readonly variant: Variant;
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
}

const noResult = { rows: 0, nullRows: 0 } as const;

/** The chosen variant's model; where it cannot be loaded, the heaviest other variant's, unless the request asked for just this one. */
async function loaded(ctx: InferenceContext, endpoint: Endpoint, variant: Variant, fixed: boolean): Promise<readonly [Variant, Model]> {
  try {
    return [variant, await ctx.models.get(variant, endpoint.batching)];
  } catch (error) {
    ctx.statistics.record(endpoint.name, { variant: variant.name, result: "failed", milliseconds: 0, ...noResult });
    const other = fixed ? undefined : substituteFor(endpoint, variant);
    if (!other) throw error;
    return [other, await ctx.models.get(other, endpoint.batching)];
  }
}

/**
 * One prediction: chooses the variant, reads the request against its model, runs it, counts what happened.
 * @param read makes tensors of the request; what it throws is counted as the variant's refusal
 */
export async function predict(ctx: InferenceContext, ask: Ask, read: (reader: Reader) => readonly Tensor[]): Promise<Prediction> {
  const started = ctx.clock();
  const found = ctx.directory.find(ask.endpoint);
  const endpoint = found instanceof Promise ? await found : found;
  const { assignment } = endpoint;
  const key = assignment.mode === "sticky" ? ask.keyOf(assignment.field) : undefined;
  const assigned = assignVariant(endpoint, { target: ask.target, version: ask.version, key }, ctx.random());
  const ready = ctx.models.get(assigned, endpoint.batching);
  const [variant, model] =
    ready instanceof Promise ? await loaded(ctx, endpoint, assigned, ask.target !== undefined || ask.version !== undefined) : [assigned, ready];
  try {
    const inputs = read({ inputs: model.inputs, signature: variant.signature });
    const outputs = await model.infer(inputs);
    const rows = rowCount(inputs[0]?.shape ?? []);
    ctx.statistics.record(endpoint.name, {
      variant: variant.name,
      result: "answered",
      milliseconds: ctx.clock() - started,
      rows,
      nullRows: countNullRows(outputs),
    });
    return { id: ask.inferenceId ?? ctx.newId(), inferenceId: ask.inferenceId, endpoint, variant, inputs, outputs };
  } catch (error) {
    const result = error instanceof DomainError ? "refused" : "failed";
    ctx.statistics.record(endpoint.name, { variant: variant.name, result, milliseconds: ctx.clock() - started, ...noResult });
    throw error;
  }
}
