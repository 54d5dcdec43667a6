import type { Surroundings } from "./memory-table.ts";

/** A generator that gives the same numbers for the same seed (mulberry32). */
export interface Dice {
  /** 0 <= x < 1 */
  readonly roll: () => number;
  /** 0 <= x < below, an integer. */
  readonly pick: (below: number) => number;
  readonly oneOf: <T>(first: T, ...others: T[]) => T;
}

/** Seeds of as many rounds as CI has time for, or of as many as `FUZZ_ROUNDS` says, from `FUZZ_SEED` on. */
export function seeds(rounds: number): readonly number[] {
  const first = Number(process.env["FUZZ_SEED"] ?? 1);
  return Array.from({ length: Number(process.env["FUZZ_ROUNDS"] ?? rounds) }, (_, index) => first + index);
}
/** For tests of many rounds: a minute, and as much more as more rounds take. */
export const fuzzTimeout = 60_000 + Number(process.env["FUZZ_ROUNDS"] ?? 0) * 1000;

export function dice(seed: number): Dice {
  let state = seed | 0;
  const roll = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const pick = (below: number) => Math.floor(roll() * below);
  return { roll, pick, oneOf: (first, ...others) => [first, ...others][pick(others.length + 1)] ?? first };
}

export interface World extends Surroundings {
  /** Runs actors until all have ended, resuming a random one of those that wait for the table. */
  run(actors: readonly Promise<unknown>[]): Promise<void>;
  calmDown(): void;
}

/** @param crashRate how often a call ends its caller, before or after it took effect. @param eager prefers the actor that waited least */
export function world({ roll, pick }: Dice, crashRate: number, eager = false): World {
  const waiting: (() => void)[] = [];
  let rate = crashRate;
  return {
    pause: () => new Promise((resolve) => waiting.push(resolve)),
    crashes: () => rate > 0 && roll() < rate,
    calmDown() {
      rate = 0;
    },
    async run(actors) {
      const state = { running: true };
      const done = Promise.all(actors).finally(() => {
        state.running = false;
      });
      const loop = async () => {
        while (state.running) {
          const index = eager ? waiting.length - 1 - Math.floor(pick(waiting.length) * roll()) : pick(waiting.length);
          waiting.splice(index, 1)[0]?.();
          await Promise.resolve();
          if (waiting.length === 0) await new Promise((resolve) => setImmediate(resolve));
        }
      };
      await Promise.all([done, loop()]);
    },
  };
}
