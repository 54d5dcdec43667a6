/** Microseconds since the epoch, UTC: exact in a double until the year 2255. */
export type Micros = number;

const iso = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?\s?(Z|z|[+-]\d\d(?::?\d\d)?)?$/;

/** Minutes that a zone is ahead of UTC. */
function offsetMinutes(zone: string | undefined): number {
  if (zone === undefined || zone === "Z" || zone === "z") return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3).replace(":", "") || 0);
  return zone.startsWith("-") ? -minutes : minutes;
}

/**
 * Reads a time: ISO 8601 text (UTC where it names no zone; digits beyond microseconds are dropped) or epoch seconds.
 * @returns undefined when it is neither
 */
export function parseTimestamp(value: unknown): Micros | undefined {
  if (typeof value === "number") return Number.isFinite(value) && Math.abs(value) < 9e9 ? Math.round(value * 1e6) : undefined;
  if (typeof value !== "string") return undefined;
  const [match, year, month, day, hour = "0", minute = "0", second = "0", fraction = "", zone] = iso.exec(value.trim()) ?? [];
  if (match === undefined) return undefined;
  const [mm, dd, hh, mi, ss] = [Number(month), Number(day), Number(hour), Number(minute), Number(second)];
  const milliseconds = Date.UTC(Number(year), mm - 1, dd, hh, mi, ss);
  const read = new Date(milliseconds);
  const isReal = read.getUTCMonth() === mm - 1 && read.getUTCDate() === dd && hh < 24 && mi < 60 && ss < 60 && Number(year) >= 1;
  return isReal ? (milliseconds - offsetMinutes(zone) * 60_000) * 1000 + Number(fraction.padEnd(6, "0").slice(0, 6)) : undefined;
}

/** RFC 3339 in UTC with 0, 3 or 6 digits of fraction, as protobuf's JSON mapping writes a Timestamp. */
export function formatTimestamp(micros: Micros): string {
  const seconds = Math.floor(micros / 1e6);
  const fraction = String(micros - seconds * 1e6).padStart(6, "0");
  const whole = new Date(seconds * 1000).toISOString().slice(0, 19);
  if (fraction === "000000") return `${whole}Z`;
  return `${whole}.${fraction.endsWith("000") ? fraction.slice(0, 3) : fraction}Z`;
}
