import { Cron } from "croner";
import { invalid } from "#core/errors.ts";

/** Tells the last instant of a schedule at or before a time, both in epoch milliseconds; undefined where there was none. */
export type LastDue = (now: number) => number | undefined;

const unitMs = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;
const isUnit = (unit: string): unit is keyof typeof unitMs => unit in unitMs;

/** Aligned to the epoch: `rate(1 hour)` is due on the hour, so that windows of a rate share their edges. */
function rate(expression: string, count: string, unit: string): LastDue {
  const single = unit.replace(/s$/, "");
  const period = Number(count) * (isUnit(single) ? unitMs[single] : 0);
  if (!(period > 0)) throw invalid(`schedule must be like rate(1 hour), rate(15 minutes) or rate(7 days), got ${expression}`);
  return (now) => Math.floor(now / period) * period;
}

function cron(expression: string, fields: string): LastDue {
  try {
    // EventBridge's six fields lack seconds, and count weekdays from 1 = Sunday.
    const schedule = new Cron(`0 ${fields}`, { mode: "7-part", alternativeWeekdays: true, timezone: "UTC", paused: true });
    // The reference is exclusive, and cron knows no milliseconds: one second later makes the present second count.
    return (now) => schedule.previousRuns(1, new Date(now + 1000))[0]?.getTime();
  } catch (cause) {
    throw invalid(`schedule must be like cron(0 6 * * ? *), got ${expression}: ${(cause as Error).message}`);
  }
}

/** Reads EventBridge's `rate(...)` and `cron(...)`, in UTC. @throws DomainError when the expression is neither */
export function parseSchedule(expression: string): LastDue {
  const [, count, unit] = /^rate\((\d+) (\w+)\)$/.exec(expression) ?? [];
  if (count !== undefined && unit !== undefined) return rate(expression, count, unit);
  const [, fields] = /^cron\((\S+(?: \S+){5})\)$/.exec(expression) ?? [];
  if (fields !== undefined) return cron(expression, fields);
  throw invalid(`schedule must be rate(...) or cron(...) with six fields, got ${expression}`);
}
