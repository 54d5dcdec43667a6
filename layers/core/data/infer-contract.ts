import type { ColumnRule, DataContract, DatasetColumn } from "#contracts/platform/data-contract.ts";

/** What is known of a column's values. */
export interface ColumnProfile extends DatasetColumn {
  readonly rows: number;
  readonly nulls: number;
  readonly distinct: number;
  /** Of numbers. */
  readonly min: number | null;
  readonly max: number | null;
  /** All of its values where they are few texts. */
  readonly values: readonly string[] | null;
}

/** With fewer rows than this, that every value differs or that none is new says little. */
const tellingRows = 100;

function ruleOf({ name, type, rows, nulls, distinct, min, max, values }: ColumnProfile): ColumnRule {
  const telling = rows >= tellingRows;
  return {
    name,
    type,
    nullable: nulls > 0,
    unique: telling && nulls === 0 && distinct === rows && type === "string",
    ...(min !== null && { min }),
    ...(max !== null && { max }),
    ...(telling && values !== null && values.length > 0 && { allowed: [...values] }),
    severity: "error",
  };
}

/** The strictest contract of simple rules that the data keep: a first draft, meant to be loosened by somebody who knows them. */
export const inferContract = (columns: readonly ColumnProfile[]): DataContract => ({
  columns: columns.map(ruleOf),
  minRows: 1,
  extraColumns: "warn",
});
