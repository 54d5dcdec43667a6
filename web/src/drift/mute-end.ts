const hour = 3_600_000;
const lengths: Readonly<Record<string, number>> = { hour, day: 24 * hour, week: 7 * 24 * hour, month: 30 * 24 * hour };

/** For how long something may be muted. */
export const spans = [
  { value: "hour", label: "In an hour" },
  { value: "day", label: "In a day" },
  { value: "week", label: "In a week" },
  { value: "month", label: "In 30 days" },
  { value: "date", label: "The end of a date" },
] as const;

/**
 * The instant that a choice means, as ISO 8601; undefined where it means none yet.
 * @param date `YYYY-MM-DD`, of the reader's own clock; counts where the choice is `date`
 * @param now milliseconds since the epoch
 */
export function muteEnd(span: string, date: string, now: number): string | undefined {
  const length = lengths[span];
  if (length !== undefined) return new Date(now + length).toISOString();
  const end = new Date(`${date}T23:59:59.999`);
  return Number.isNaN(end.getTime()) ? undefined : end.toISOString();
}
