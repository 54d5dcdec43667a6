import { Cron } from "croner";
import { invalid } from "#core/errors.ts";

/** When a schedule is due: EventBridge Scheduler's `rate(…)`, `cron(…)` and `at(…)`. */
export interface Timetable {
  /** The first time after `after`, in epoch milliseconds; undefined where there is none. */
  next(after: number): number | undefined;
}

const unitMilliseconds: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };
const forms = "rate(<n> minutes|hours|days), cron(<minutes> <hours> <day of month> <month> <day of week> <year>) or at(<yyyy-mm-ddThh:mm:ss>)";
const refuse = (expression: string, why = `it must be ${forms}`) => invalid(`schedule expression ${expression} cannot be read: ${why}`);

function rate(expression: string, text: string, anchor: number): Timetable {
  const [, digits = "", unit = "", plural = ""] = /^(\d+) (minute|hour|day)(s?)$/.exec(text) ?? [];
  const value = Number(digits);
  const period = value * (unitMilliseconds[unit] ?? 0);
  if (period === 0 || (value === 1) !== (plural === "")) throw refuse(expression, "a rate is a positive number and minute(s), hour(s) or day(s)");
  return { next: (after) => (after < anchor ? anchor + period : anchor + (Math.floor((after - anchor) / period) + 1) * period) };
}

function cron(expression: string, text: string, timezone: string): Timetable {
  const [, , day, , weekday, ...rest] = text.split(/\s+/);
  if (rest.length !== 1 || (day === "?") === (weekday === "?")) throw refuse(expression, "a cron has six fields, and ? in one of day of month and day of week");
  try {
    const job = new Cron(`0 ${text.replaceAll("?", "*")}`, { paused: true, mode: "7-part", alternativeWeekdays: true, sloppyRanges: true, timezone });
    return { next: (after) => job.nextRun(new Date(after))?.getTime() };
  } catch (error) {
    throw refuse(expression, error instanceof Error ? error.message : String(error));
  }
}

function once(expression: string, text: string, timezone: string): Timetable {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(text)) throw refuse(expression);
  const time = new Cron(text, { paused: true, timezone, allowPast: true });
  const first = time.getOnce()?.getTime();
  return { next: (after) => (first !== undefined && first > after ? first : undefined) };
}

/**
 * Reads a schedule expression.
 * @param anchor from when a rate counts, in epoch milliseconds
 * @param timezone an IANA name, for cron and at; rates know none
 * @throws DomainError INVALID_PARAMETER_VALUE naming the expression and what is allowed
 */
export function readExpression(expression: string, anchor: number, timezone = "UTC"): Timetable {
  const [, form, text = ""] = /^(rate|cron|at)\((.+)\)$/.exec(expression) ?? [];
  try {
    Intl.DateTimeFormat("en", { timeZone: timezone });
  } catch {
    throw invalid(`time zone ${timezone} is not known`);
  }
  if (form === "rate") return rate(expression, text, anchor);
  if (form === "cron") return cron(expression, text, timezone);
  if (form === "at") return once(expression, text, timezone);
  throw refuse(expression);
}
