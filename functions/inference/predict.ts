import type { Endpoint, Variant } from "#contracts/platform/endpoint.ts";
import { DomainError } from "#core/errors.ts";
import type { CaptureSink } from "#core/monitoring/captures.ts";
import { assignVariant, substituteFor, type VariantWish } from "#core/serving/endpoint-source.ts";
import { countNullRows } from "#core/serving/predictions.ts";
import type { Outcome, StatisticsRecorder } from "#core/serving/record-statistics.ts";
import { rowCount, type Tensor } from "#core/serving/tensor.ts";
import type { Model } from "#onnx/model.ts";
import type { EndpointDirectory } from "./endpoint-directory.ts";
import type { HostedModels } from "./hosted-models.ts";
import type { ModelCache } from "./model-cache.ts";
import type { Reader } from "./scoring-wire.ts";

export interface InferenceContext {
  readonly directory: EndpointDirectory;
  readonly models: ModelCache;
  /** Absent where no endpoint runs on SageMaker. */
  readonly hosted?: HostedModels | undefined;
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

interface Run {
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
}

/** Runs a prediction and counts what became of it; one that nobody ran (undefined) is not counted. */
async function counted<R extends Run | undefined>(
  ctx: InferenceContext,
  endpoint: Endpoint,
  variant: Variant,
  started: number,
  run: () => Promise<R>,
): Promise<R> {
  const count = (result: Outcome["result"], rows: number, nullRows: number) =>
    ctx.statistics.record(endpoint.name, { variant: variant.name, result, milliseconds: ctx.clock() - started, rows, nullRows });
  try {
    const done = await run();
    if (done) count("answered", rowCount(done.inputs[0]?.shape ?? []), countNullRows(done.outputs));
    return done;
  } catch (error) {
    count(error instanceof DomainError ? "refused" : "failed", 0, 0);
    throw error;
  }
}

/**
 * One prediction: chooses the variant, reads the request against its model, runs it here or on SageMaker, counts what happened.
 * @param read makes tensors of the request; what it throws is counted as the variant's refusal
 */
export async function predict(ctx: InferenceContext, ask: Ask, read: (reader: Reader) => readonly Tensor[]): Promise<Prediction> {
  const started = ctx.clock();
  const found = ctx.directory.find(ask.endpoint);
  const endpoint = found instanceof Promise ? await found : found;
  const { assignment } = endpoint;
  const key = assignment.mode === "sticky" ? ask.keyOf(assignment.field) : undefined;
  const assigned = assignVariant(endpoint, { target: ask.target, version: ask.version, key }, ctx.random());
  const predictionOf = (variant: Variant, run: Run): Prediction => ({
    id: ask.inferenceId ?? ctx.newId(),
    inferenceId: ask.inferenceId,
    endpoint,
    variant,
    ...run,
  });
  const { hosted } = ctx;
  if (hosted?.answers(endpoint, assigned)) {
    const there = await counted(ctx, endpoint, assigned, started, async () => {
      const inputs = read({ inputs: assigned.signature.inputs, signature: assigned.signature });
      const outputs = await hosted.infer(endpoint, assigned, inputs);
      return outputs && { inputs, outputs };
    });
    if (there) return predictionOf(assigned, there);
  }
  const ready = ctx.models.get(assigned, endpoint.batching);
  const [variant, model] =
    ready instanceof Promise ? await loaded(ctx, endpoint, assigned, ask.target !== undefined || ask.version !== undefined) : [assigned, ready];
  const here = await counted(ctx, endpoint, variant, started, async () => {
    const inputs = read({ inputs: model.inputs, signature: variant.signature });
    return { inputs, outputs: await model.infer(inputs) };
  });
  return predictionOf(variant, here);
}
