import type { Series } from "../charts/series.ts";
import type { EventReply } from "./wire.ts";

/**
 * Shares from change to change, a line for each variant: what an event left holds until the next one, and the last until now.
 * @param events latest first, as the platform answers
 * @param now milliseconds since the epoch
 */
export function stepsOfWeights(events: readonly EventReply[], now: number): Series[] {
  const past = events.toReversed();
  const names = [...new Set(past.flatMap(({ weights }) => Object.keys(weights)))].toSorted();
  return names.map((name, colour) => {
    const points = past.flatMap(({ at, weights }, index) => {
      const share = (weights[name] ?? 0) * 100;
      // The end of a stretch lies just before the next one: two points of one moment would be one.
      const end = (past[index + 1]?.at ?? now + 1) - 1;
      return end > at ? [[at, share] as const, [end, share] as const] : [[at, share] as const];
    });
    return { id: name, label: name, colour, x: points.map(([x]) => x), y: points.map(([, y]) => y) };
  });
}
