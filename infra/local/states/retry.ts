import type { Retrier } from "#statemachines/definition.ts";
import { matches } from "./state-error.ts";

export interface NextRetry {
  /** Attempts used of each retrier, this one counted. */
  readonly used: readonly number[];
  readonly delaySeconds: number;
}

/**
 * Whether and when to try again: the first retrier that matches decides, after `IntervalSeconds * BackoffRate^n` (at most `MaxDelaySeconds`),
 * or a random part of that with full jitter. Defaults are Step Functions': 1 s, three attempts, rate 2.
 * @param used attempts already used of each retrier
 * @param random 0 (included) to 1 (excluded)
 */
export function nextRetry(retriers: readonly Retrier[], used: readonly number[], error: string, random: () => number): NextRetry | undefined {
  const index = retriers.findIndex(({ ErrorEquals }) => matches(ErrorEquals, error));
  const retrier = retriers[index];
  if (!retrier) return undefined;
  const { IntervalSeconds = 1, MaxAttempts = 3, BackoffRate = 2, MaxDelaySeconds = Number.POSITIVE_INFINITY, JitterStrategy = "NONE" } = retrier;
  const attempts = used[index] ?? 0;
  if (attempts >= MaxAttempts) return undefined;
  const delay = Math.min(IntervalSeconds * BackoffRate ** attempts, MaxDelaySeconds);
  return {
    used: retriers.map((_retrier, position) => (used[position] ?? 0) + (position === index ? 1 : 0)),
    delaySeconds: JitterStrategy === "FULL" ? delay * random() : delay,
  };
}
