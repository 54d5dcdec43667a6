import { duration } from "./format.ts";

const local = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "medium" });

/** When something was, as time gone by; the exact time shows on hover. @param at milliseconds since the epoch, or ISO 8601 */
export function Moment({ at }: { readonly at: number | bigint | string | null | undefined }) {
  if (at === null || at === undefined) return <>-</>;
  const date = new Date(typeof at === "bigint" ? Number(at) : at);
  const gone = Date.now() - date.getTime();
  const text = gone < 1000 && gone > -1000 ? "now" : gone < 0 ? `in ${duration(-gone)}` : gone < 7 * 86_400_000 ? `${duration(gone)} ago` : local.format(date);
  return (
    <time dateTime={date.toISOString()} title={local.format(date)}>
      {text}
    </time>
  );
}
