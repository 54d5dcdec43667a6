import { asDate, type Instant, useDates } from "./dates.ts";
import { duration } from "./format.ts";

/** Seconds count only while there is no minute: a list that changes every second is hard to read. */
const roughly = (gone: number) => duration(gone < 60_000 ? gone : gone - (gone % 60_000));

/** When something was, as time gone by; the exact time, in the chosen zone, shows on hover. */
export function Moment({ at }: { readonly at: Instant | null | undefined }) {
  const dates = useDates();
  if (at === null || at === undefined) return <>-</>;
  const date = asDate(at);
  const full = dates.full(at);
  const gone = Date.now() - date.getTime();
  const text = gone < 1000 && gone > -1000 ? "now" : gone < 0 ? `in ${roughly(-gone)}` : gone < 7 * 86_400_000 ? `${roughly(gone)} ago` : full;
  return (
    <time dateTime={date.toISOString()} title={full}>
      {text}
    </time>
  );
}
