import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo, useRef } from "react";
import { Refused, read } from "../../client.ts";
import type { View } from "../../grid/grid-types.ts";
import { session } from "../../session.ts";
import { isAttribute } from "./column-names.ts";
import { type Part, partPath, readable } from "./table-address.ts";
import { type Asked, type TableCells, type TableReply, withReply } from "./table-cells.ts";

/** A run that a script logs shows within this time; where reading takes long, pauses are twice as long. */
const every = 700;
const pace = (took = 0) => Math.max(every, 2 * took);
const rowStep = 50;
const columnStep = 8;

interface Read {
  readonly asked: Asked;
  readonly reply: TableReply;
  readonly tookMs: number;
}

/** The part of a table that a view needs, in steps, so that a little scrolling asks for nothing new. */
function partOf({ rows, columns }: View, pinned: readonly string[], free: readonly string[]): Part {
  const from = Math.floor(rows.first / rowStep) * rowStep;
  const end = Math.max(from + rowStep, Math.ceil(rows.end / rowStep) * rowStep);
  const first = Math.floor(columns.first / columnStep) * columnStep;
  const shown = free.slice(first, Math.ceil(columns.end / columnStep) * columnStep);
  return { from, rows: Math.min(1000, end - from), columns: readable([...pinned, ...shown].filter((column) => !isAttribute(column))) };
}

export interface TableRead {
  /** What was read so far: of the table before, until there is something of this one. */
  readonly cells: TableCells | undefined;
  readonly error: Error | null;
  /** Something that is asked for for the first time is on its way. */
  readonly isReading: boolean;
  /** How long the last part took that was not the same as before. */
  readonly tookMs: number | undefined;
  readonly query: { readonly error: Error | null; readonly data: unknown; readonly dataUpdatedAt: number };
  readonly again: () => void;
}

/** Reads what is in view of a table, and reads it again and again; what was read before stays until it has moved. */
export function useTableCells(table: string, view: View, pinned: readonly string[], free: readonly string[]): TableRead {
  const part = useMemo(() => partOf(view, pinned, free), [view, pinned, free]);
  const path = partPath(table, part);
  const known = useRef<{ readonly cells: TableCells; readonly reply: TableReply } | undefined>(undefined);
  const query = useQuery<Read>({
    queryKey: [path],
    queryFn: async ({ signal }) => {
      const start = performance.now();
      const reply = await read<TableReply>(path, signal);
      return { asked: { of: table, from: part.from, columns: part.columns }, reply, tookMs: performance.now() - start };
    },
    structuralSharing: false,
    gcTime: 5000,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (session.isPaused() || state.error instanceof Refused ? false : pace(state.data?.tookMs)),
  });
  const { data, isPlaceholderData } = query;
  if (data && !isPlaceholderData && data.reply !== known.current?.reply)
    known.current = { cells: withReply(known.current?.cells, data.asked, data.reply), reply: data.reply };
  const took = useRef<number | undefined>(undefined);
  const timed = useRef<string>("");
  if (data && !isPlaceholderData && timed.current !== path) {
    timed.current = path;
    took.current = data.tookMs;
  }
  return {
    cells: known.current?.cells,
    error: query.error,
    isReading: query.isPending || isPlaceholderData,
    tookMs: took.current,
    query,
    again: () => void query.refetch(),
  };
}
