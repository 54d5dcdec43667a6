import type { LogLine } from "#contracts/platform/step-logs.ts";

/**
 * Lines that were read earlier, and behind them the newest page, which may have moved on since: what is in both comes once. Of the millisecond in which the
 * newest page begins only so many earlier lines count as it lacks.
 */
export function joinLines(earlier: readonly LogLine[], newest: readonly LogLine[]): readonly LogLine[] {
  const [first] = newest;
  if (!first) return earlier;
  const before = earlier.filter(({ time }) => time < first.time);
  const same = earlier.filter(({ time }) => time === first.time);
  const lacking = same.length - newest.filter(({ time }) => time === first.time).length;
  return [...before, ...same.slice(0, Math.max(0, lacking)), ...newest];
}
