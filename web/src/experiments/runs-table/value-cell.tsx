import { number } from "../../parts/format.ts";
import { isMetric } from "./column-names.ts";
import type { Cell, ColumnFacts } from "./table-cells.ts";
import type { Best } from "./table-state.ts";

const signs: Readonly<Record<string, string>> = { NaN: "NaN", Infinity: "∞", "-Infinity": "-∞" };

/** A number by four digits; what is no number by its own sign. The full value shows on hover. */
function Numeral({ value, isBest = false }: { readonly value: number | string; readonly isBest?: boolean }) {
  const sign = typeof value === "string" ? signs[value] : undefined;
  return (
    <span className={sign ? "grid-odd" : isBest ? "grid-best" : "number"} title={`${value}${isBest ? " (best)" : ""}`}>
      {sign ?? number(value)}
      {isBest && " ★"}
    </span>
  );
}

interface ValueCellProps {
  readonly column: string;
  /** Undefined: not read yet. */
  readonly value: Cell | undefined;
  readonly facts: ColumnFacts | undefined;
  readonly best: Best;
}

/** What a run or a group of runs has in a column of logged values; nothing logged, not a number and infinite look different. */
export function ValueCell({ column, value, facts, best }: ValueCellProps) {
  if (value === undefined) return <span className="grid-waiting" />;
  if (value === null)
    return (
      <span className="grid-none" title="Nothing was logged">
        –
      </span>
    );
  if (typeof value === "object") {
    if ("different" in value) return <span className="grid-none">{value.different} different</span>;
    const range = `${number(value.min ?? undefined)} – ${number(value.max ?? undefined)}`;
    return (
      <span title={`mean ${value.mean ?? "none"}, from ${value.min ?? "none"} to ${value.max ?? "none"}, of ${value.count}`}>
        {number(value.mean ?? "NaN")} <span className="grid-range">{value.min === value.max ? "" : range}</span>
      </span>
    );
  }
  if (!isMetric(column))
    return (
      <span className="grid-text" title={String(value)}>
        {value}
      </span>
    );
  const isBest = best !== "none" && facts !== undefined && facts.runs > 1 && facts.min !== facts.max && value === facts[best];
  return <Numeral value={value} isBest={isBest} />;
}
