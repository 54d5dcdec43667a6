import type { Api } from "./api.ts";

/** One writer, which knows what it was told is done and what it has asked for besides. */
export interface Workload {
  readonly title: string;
  /** Writes once. Ends with {@link NoAnswer} when the platform is killed meanwhile. */
  step(api: Api): Promise<void>;
  /** Asks again for what was in doubt. */
  repeat(api: Api): Promise<void>;
  /** Everything that is not as it was acknowledged, or half there; nothing where all is well. */
  check(api: Api): Promise<string[]>;
  /** How many writes were acknowledged. */
  acknowledged(): number;
}

interface Steps<T> {
  readonly title: string;
  /** What the n-th write is about. */
  readonly next: (index: number) => T;
  readonly write: (api: Api, one: T) => Promise<unknown>;
  /** @param doubtful writes that may have happened: none, once they were repeated */
  readonly check: (api: Api, done: readonly T[], doubtful: readonly T[]) => Promise<string[]>;
}

/** A writer that remembers its writes in order. */
export function workload<T>({ title, next, write, check }: Steps<T>): Workload {
  const done: T[] = [];
  let doubtful: T[] = [];
  let index = 0;
  return {
    title,
    async step(api) {
      const one = next(index++);
      doubtful.push(one);
      await write(api, one);
      doubtful = doubtful.filter((other) => other !== one);
      done.push(one);
    },
    async repeat(api) {
      for (const one of doubtful) {
        await write(api, one);
        done.push(one);
      }
      doubtful = [];
    },
    check: async (api) => (await check(api, done, doubtful)).map((problem) => `${title}: ${problem}`),
    acknowledged: () => done.length,
  };
}

/** Says where two things differ. */
export const differs = (what: string, got: unknown, expected: unknown): string[] => {
  const [left, right] = [JSON.stringify(got), JSON.stringify(expected)];
  return left === right ? [] : [`${what} is ${left}, not ${right}`];
};
