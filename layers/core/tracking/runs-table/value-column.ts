import type { RunCell } from "../run-columns.ts";

/** Metrics, then params, then tags, as names of columns begin, and what a search calls each. */
export const valueKinds = { metrics: "metric", params: "param", tags: "tag" } as const;
export type ValueKind = keyof typeof valueKinds;
const isKind = (text: string): text is ValueKind => Object.hasOwn(valueKinds, text);

/** A logged value as a column, named as filter strings do: `metrics.val/loss`. @param name as the contract checked it */
export function valueColumn(name: string): RunCell {
  const dot = name.indexOf(".");
  const kind = name.slice(0, dot);
  return { entity: isKind(kind) ? valueKinds[kind] : "tag", key: name.slice(dot + 1) };
}
