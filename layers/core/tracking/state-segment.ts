import { type CellColumn, plainTexts } from "../search/columns.ts";
import type { RecordState } from "./record.ts";
import type { ColumnKeys, ColumnName, RecordSegment } from "./record-index.ts";

/** A number for each state that has one; undefined when none has. */
function numbers(cells: readonly (number | bigint | undefined)[]): CellColumn | undefined {
  if (!cells.some((cell) => cell !== undefined)) return undefined;
  return { kind: "number", values: cells.map((cell) => cell ?? 0), present: Uint8Array.from(cells, (cell) => (cell === undefined ? 0 : 1)) };
}
const texts = (cells: readonly (string | undefined)[]): CellColumn | undefined => (cells.some((cell) => cell !== undefined) ? plainTexts(cells) : undefined);

/** All links of a record as a cell of the column `link`. */
export const linkCell = ({ links }: Pick<RecordState, "links">): string | undefined => (links.size === 0 ? undefined : JSON.stringify([...links]));
/** The links that such a cell stands for. */
export const linksOfCell = (cell: string): ReadonlyMap<string, string> => new Map(JSON.parse(cell) as [string, string][]);

function columnOf(states: readonly RecordState[], { entity, key }: ColumnName): CellColumn | undefined {
  switch (entity) {
    case "metric":
      return numbers(states.map(({ metrics }) => metrics.get(key)?.value));
    case "param":
      return texts(states.map(({ params }) => params.get(key)));
    case "tag":
      return texts(states.map(({ tags }) => tags.get(key)));
    case "link":
      return texts(states.map(linkCell));
    default: {
      const values = states.map(({ info }) => info.get(key));
      if (entity === "text") return texts(values.map((value) => (typeof value === "string" ? value : undefined)));
      return numbers(values.map((value) => (typeof value === "string" ? undefined : value)));
    }
  }
}

const distinct = (maps: readonly ReadonlyMap<string, unknown>[]): readonly string[] => [...new Set(maps.flatMap((map) => [...map.keys()]))].sort();

/** The keys of the columns that records have. */
export const keysOfStates = (states: readonly RecordState[]): ColumnKeys => ({
  metric: distinct(states.map(({ metrics }) => metrics)),
  param: distinct(states.map(({ params }) => params)),
  tag: distinct(states.map(({ tags }) => tags)),
});

/** Records that are in memory, as a segment. */
export function stateSegment(records: ReadonlyMap<string, RecordState>): RecordSegment {
  const states = [...records.values()];
  return {
    ids: [...records.keys()],
    columns: async (names) => names.map((name) => columnOf(states, name)),
    states: async (rows) => rows.flatMap((row) => states.slice(row, row + 1)),
    keys: async () => keysOfStates(states),
  };
}
