import { number } from "./format.ts";

/** A number in four significant digits; the whole of it shows on hover. The platform keeps an infinity as the largest double, as MLflow does. */
export function ExactNumber({ value }: { readonly value: number | string | undefined }) {
  const isInfinite = typeof value === "number" && Math.abs(value) === Number.MAX_VALUE;
  const shown = isInfinite ? `${value < 0 ? "-" : ""}Infinity` : value;
  return (
    <span className="number" title={String(shown ?? "")}>
      {number(shown)}
    </span>
  );
}
