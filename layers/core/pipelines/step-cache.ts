import { canonicalJson } from "./canonical-json.ts";

/** Results of steps by what they depend on. */
export interface StepResultStore {
  find(key: string): Promise<unknown>;
  /** Replaces what is kept under the key: a result whose objects are gone gives way to the one that was made instead. */
  put(key: string, result: unknown, step: string): Promise<void>;
}

export interface StepCache {
  readonly results: StepResultStore;
  /** SHA-256 of a text, in hex. */
  readonly hash: (text: string) => string;
  /** Whether an object is there. @param uri `s3://bucket/key` */
  readonly exists: (uri: string) => Promise<boolean>;
}

/** Keeps nothing and knows nothing. */
export const withoutCache: StepCache = { results: { find: async () => undefined, put: async () => {} }, hash: (text) => text, exists: async () => false };

/** A step whose result depends on nothing but what its identity names. */
export interface PureStep<I, R> {
  readonly name: string;
  /** Changes when the step's code gives other results for the same input. */
  readonly revision: number;
  /** Puts in what the input leaves to the platform, such as a dataset's own contract. */
  readonly complete?: (input: I) => Promise<I>;
  /** All that the result depends on, data by content hash; nothing that differs by execution. */
  readonly identity: (input: I) => unknown;
  /** Reads a kept result; undefined where it is of another form. */
  readonly read: (kept: unknown) => R | undefined;
  /** The objects that a result names: where one is gone, the result is no use. */
  readonly objects: (result: R) => readonly (string | null)[];
  /** Makes an earlier result this execution's own. @default the result as it is */
  readonly adopt?: (result: R, input: I) => Promise<R>;
}

export type Cached<R> = R & { readonly cached: boolean };

const keyOf = async <I, R>({ hash }: StepCache, step: PureStep<I, R>, input: I) =>
  hash(canonicalJson({ step: step.name, revision: step.revision, identity: await step.identity(input) }));

async function known<I, R>({ results, exists }: StepCache, step: PureStep<I, R>, key: string, input: I): Promise<R | undefined> {
  const kept = step.read(await results.find(key));
  if (kept === undefined) return undefined;
  const named = step.objects(kept).filter((uri) => uri !== null);
  const there = await Promise.all(named.map((uri) => exists(uri)));
  if (there.includes(false)) return undefined;
  return step.adopt ? await step.adopt(kept, input) : kept;
}

/** The step, run only where no earlier result for the same identity is there with all its objects. */
export const cachedStep =
  <I, R>(ctx: StepCache, step: PureStep<I, R>, run: (input: I) => Promise<R>) =>
  async ({ cache, ...given }: I & { readonly cache: boolean }): Promise<Cached<R>> => {
    const input = (step.complete ? await step.complete(given as I) : given) as I;
    const key = await keyOf(ctx, step, input);
    const earlier = cache ? await known(ctx, step, key, input) : undefined;
    if (earlier !== undefined) return { ...earlier, cached: true };
    const result = await run(input);
    await ctx.results.put(key, result, step.name);
    return { ...result, cached: false };
  };

/** An earlier result, for a step that is run elsewhere than where it is asked for. */
export const earlierResult = async <I, R>(ctx: StepCache, step: PureStep<I, R>, input: I): Promise<R | undefined> =>
  known(ctx, step, await keyOf(ctx, step, input), input);

/** Keeps the result of such a step. */
export const keepResult = async <I, R>(ctx: StepCache, step: PureStep<I, R>, input: I, result: R): Promise<void> =>
  ctx.results.put(await keyOf(ctx, step, input), result, step.name);
