import { usePreferences } from "../frame/preferences.ts";

/** Milliseconds since the epoch, or ISO 8601. */
export type Instant = number | bigint | string;

const form = { dateStyle: "medium", timeStyle: "medium" } as const;
const formats = { local: new Intl.DateTimeFormat("en", form), utc: new Intl.DateTimeFormat("en", { ...form, timeZone: "UTC" }) };
const clocks = { local: new Intl.DateTimeFormat("en", { timeStyle: "medium" }), utc: new Intl.DateTimeFormat("en", { timeStyle: "medium", timeZone: "UTC" }) };

export const asDate = (at: Instant): Date => new Date(typeof at === "bigint" ? Number(at) : at);

export interface Dates {
  /** Date and time, with the zone's name where it is not the reader's own. */
  readonly full: (at: Instant) => string;
  /** The time of day. */
  readonly clock: (at: Instant) => string;
  /** The moment as a date whose *local* fields are those of the zone, for what knows local time only. */
  readonly shifted: (at: Instant) => Date;
}

function datesOf(zone: "local" | "utc"): Dates {
  const suffix = zone === "utc" ? " UTC" : "";
  return {
    full: (at) => `${formats[zone].format(asDate(at))}${suffix}`,
    clock: (at) => `${clocks[zone].format(asDate(at))}${suffix}`,
    shifted: (at) => {
      const date = asDate(at);
      return zone === "utc" ? new Date(date.getTime() + date.getTimezoneOffset() * 60_000) : date;
    },
  };
}
const byZone = { local: datesOf("local"), utc: datesOf("utc") };

/** How dates are written, by the time zone that the reader chose. Every date that is shown goes through here. */
export const useDates = (): Dates => byZone[usePreferences().zone];
