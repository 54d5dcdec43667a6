import type { Run } from "../run.ts";

const kinds = ["metrics", "params", "tags"] as const;
export type ValueKind = (typeof kinds)[number];

/** A logged value as a column, named as filter strings do: `metrics.val/loss`. */
export interface ValueColumn {
  readonly name: string;
  readonly kind: ValueKind;
  readonly key: string;
}

/** Metrics, then params, then tags. */
export const valueKinds: readonly ValueKind[] = kinds;

/** @param name as the contract checked it */
export function valueColumn(name: string): ValueColumn {
  const dot = name.indexOf(".");
  return { name, kind: kinds.find((kind) => kind === name.slice(0, dot)) ?? "tags", key: name.slice(dot + 1) };
}

/** What a run has there: the latest value of a metric, or a text. */
export function valueIn({ state }: Run, { kind, key }: ValueColumn): number | string | undefined {
  return kind === "metrics" ? state.metrics.get(key)?.value : state[kind].get(key);
}
