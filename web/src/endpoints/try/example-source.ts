import { exampleRow, type Feature, type Row } from "../example-row.ts";
import type { ExampleReply } from "../wire.ts";

/** A row of the form, and where it came from. */
export interface Draft {
  readonly row: Row;
  readonly from: "inputExample" | "captured" | "signature" | "edited";
  /** When a client asked it, in milliseconds since the epoch. */
  readonly at?: number;
}

/** An example as a row of these features: what it lacks is null, and what it names by place alone is taken by place. */
const rowOf = (features: readonly Feature[], { cells }: ExampleReply): Row =>
  Object.fromEntries(features.map(({ name }, place) => [name, cells[name] ?? cells[`feature_${place}`] ?? null]));

/** Rows to begin with, the most believable first; at least one. */
export function draftsOf(features: readonly Feature[], examples: readonly ExampleReply[]): Draft[] {
  const drafts = examples.map(
    (example): Draft => ({ row: rowOf(features, example), from: example.source, ...(example.at !== undefined && { at: example.at }) }),
  );
  return drafts.length > 0 ? drafts : [{ row: exampleRow(features), from: "signature" }];
}
