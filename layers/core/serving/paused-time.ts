import type { Rollout } from "#contracts/platform/rollout.ts";
import { lookSeconds } from "./rollout-decision.ts";

/**
 * Seconds until the next look. A paused rollout is looked at ever less often, up to every five minutes, in a tenth of the time that it has been paused:
 * it goes on soon after it is resumed, and a day's pause costs some 400 looks of a history that Step Functions ends at 25,000 events.
 * @param now milliseconds since the epoch
 */
export function nextLookSeconds({ plan, paused }: Rollout, now: number): number {
  const look = lookSeconds(plan);
  return paused ? Math.max(look, Math.min(300, Math.round((now - paused.at) / 10_000))) : look;
}
