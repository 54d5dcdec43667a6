import { asDate, type Instant, useDates } from "./dates.ts";
import { duration } from "./format.ts";

/** When something was, as time gone by; the exact time, in the chosen zone, shows on hover. */
export function Moment({ at }: { readonly at: Instant | null | undefined }) {
  const dates = useDates();
  if (at === null || at === undefined) return <>-</>;
  const date = asDate(at);
  const full = dates.full(at);
  const gone = Date.now() - date.getTime();
  const text = gone < 1000 && gone > -1000 ? "now" : gone < 0 ? `in ${duration(-gone)}` : gone < 7 * 86_400_000 ? `${duration(gone)} ago` : full;
  return (
    <time dateTime={date.toISOString()} title={full}>
      {text}
    </time>
  );
}
