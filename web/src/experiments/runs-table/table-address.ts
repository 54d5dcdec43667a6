import { isMetric } from "./column-names.ts";
import { orderTexts } from "./python.ts";
import type { TableState } from "./table-state.ts";

type Fields = readonly (readonly [string, string])[];

const which = ({ filter, trash }: Pick<TableState, "filter" | "trash">): Fields => [
  ...(filter === "" ? [] : [["filter", filter] as const]),
  ...(trash ? [["view", "deleted"] as const] : []),
];
const path = (experimentId: string, name: string, fields: Fields) =>
  `/capstan/v1/experiments/${encodeURIComponent(experimentId)}/${name}?${new URLSearchParams(fields.map(([key, value]) => [key, value]))}`;

export interface ColumnsAsked {
  readonly search?: string;
  readonly differing?: boolean;
  readonly from?: number;
  readonly limit: number;
}

/** Where the names of columns are read. */
export const columnsPath = (
  experimentId: string,
  state: Pick<TableState, "filter" | "trash">,
  { search = "", differing = false, from = 0, limit }: ColumnsAsked,
): string =>
  path(experimentId, "run-columns", [
    ...which(state),
    ...(search === "" ? [] : [["search", search] as const]),
    ...(differing ? [["differing", "true"] as const] : []),
    ...(from === 0 ? [] : [["from", String(from)] as const]),
    ["limit", String(limit)],
  ]);

/** Where a table is read, but for the part of it. */
export function tablePath(experimentId: string, state: Pick<TableState, "filter" | "trash" | "order" | "group" | "flat" | "open">): string {
  const order = state.group.length > 0 ? state.order.filter(({ column }) => isMetric(column) || !state.group.includes(column)) : state.order;
  return path(experimentId, "runs-table", [
    ...which(state),
    ...orderTexts(order).map((text) => ["orderBy", text] as const),
    ...state.group.map((column) => ["groupBy", column] as const),
    ...(state.flat || state.group.length > 0 ? [] : [["nested", "true"] as const]),
    ...state.open.map((id) => ["open", id] as const),
  ]);
}

export interface Part {
  readonly from: number;
  readonly rows: number;
  readonly columns: readonly string[];
}

/** Columns of one read: as many as an address can name beside a filter (gateways take 10,240 bytes of it), and as the API allows. */
const longestNames = 5000;
export function readable(columns: readonly string[]): readonly string[] {
  let length = 0;
  return columns.slice(0, 100).filter((column) => {
    length += encodeURIComponent(column).length + 9;
    return length < longestNames;
  });
}

/** The address of a part of a table. */
export const partPath = (table: string, { from, rows, columns }: Part): string =>
  `${table}&${new URLSearchParams([...columns.map((column) => ["columns", column]), ["from", String(from)], ["rows", String(rows)]])}`;
