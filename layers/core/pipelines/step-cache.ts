/** Results of steps by what they depend on. */
export interface StepResultStore {
  find(key: string): Promise<unknown>;
  /** The first result of a key stays: steps are deterministic, so that a second one is the same. */
  put(key: string, result: unknown, step: string): Promise<void>;
}

export interface StepCacheContext {
  readonly results: StepResultStore;
  /** SHA-256 of a text, in hex. */
  readonly hash: (text: string) => string;
  /** Whether every object that a result names is still there: a hit on deleted artifacts is a miss. */
  readonly isIntact: (result: unknown) => Promise<boolean>;
}

/** JSON with sorted keys: equal values give equal text (after RFC 8785, for the values that steps exchange). */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${members
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`)
    .join(",")}}`;
}

/**
 * Runs a step, or answers what it gave for the same input before. The key holds the step's name, its revision and its whole input, which names
 * data by content hash: never a job's name, a time or an execution.
 * @param revision changes when the step's code gives other results for the same input
 */
export async function cachedStep<T>(ctx: StepCacheContext, step: string, revision: string, input: unknown, run: () => Promise<T>): Promise<T> {
  const key = ctx.hash(canonicalJson({ step, revision, input }));
  const known = await ctx.results.find(key);
  if (known !== undefined && (await ctx.isIntact(known))) return known as T;
  const result = await run();
  await ctx.results.put(key, result, step);
  return result;
}
