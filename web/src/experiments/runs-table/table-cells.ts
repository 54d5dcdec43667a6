import type { runsTableContract } from "#contracts/platform/runs-table.ts";
import type { ReplyOf } from "../../client.ts";

export type TableReply = ReplyOf<typeof runsTableContract, "readRunsTable">;
export type ColumnsReply = ReplyOf<typeof runsTableContract, "listRunColumns">;
export type Cell = TableReply["rows"][number]["cells"][number];
export type ColumnFacts = TableReply["columns"][number];

/** A row with what was read of it so far. */
export interface TableRow extends Omit<TableReply["rows"][number], "cells"> {
  /** By column; a column that is not there was not read yet, null: nothing was logged. */
  readonly values: Readonly<Record<string, Cell>>;
}

/** What was read of one table. */
export interface TableCells {
  /** Filter, order, groups: what makes it this table. */
  readonly of: string;
  readonly total: number;
  readonly runs: number;
  readonly rows: ReadonlyMap<number, TableRow>;
  readonly facts: Readonly<Record<string, ColumnFacts>>;
  readonly conditions: TableReply["conditions"];
}

export interface Asked {
  readonly of: string;
  readonly from: number;
  readonly columns: readonly string[];
}

/** Rows that are kept: about ten screens in every direction of a scroll. */
const mostRows = 4000;

const isMoved = (known: TableCells, asked: Asked, reply: TableReply) =>
  reply.rows.some(({ id }, index) => {
    const row = known.rows.get(asked.from + index);
    return row !== undefined && row.id !== id;
  });

/** With what a reply adds. Other rows are forgotten when they have moved meanwhile: they are read anew when they come into view. */
export function withReply(known: TableCells | undefined, asked: Asked, reply: TableReply): TableCells {
  const isSame = known !== undefined && known.of === asked.of && known.total === reply.total && known.rows.size < mostRows && !isMoved(known, asked, reply);
  const rows = new Map(isSame ? known.rows : []);
  for (const [index, { cells, ...row }] of reply.rows.entries()) {
    const at = asked.from + index;
    const read = Object.fromEntries(asked.columns.map((column, place) => [column, cells[place] ?? null]));
    rows.set(at, { ...row, values: { ...rows.get(at)?.values, ...read } });
  }
  const facts = Object.fromEntries(reply.columns.map((one) => [one.column, one]));
  return { of: asked.of, total: reply.total, runs: reply.runs, rows, facts: { ...(isSame && known.facts), ...facts }, conditions: reply.conditions };
}
