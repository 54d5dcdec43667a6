import { keepPreviousData, useQueries, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { read } from "../../client.ts";
import { session } from "../../session.ts";
import { isPattern } from "./column-names.ts";
import { shownColumns } from "./shown-columns.ts";
import { columnsPath } from "./table-address.ts";
import type { ColumnsReply } from "./table-cells.ts";
import type { TableState } from "./table-state.ts";

const perRead = 10_000;
const every = () => (session.isPaused() ? false : 10_000);

/** All names that a pattern stands for, page by page. */
async function namesOf(pathFrom: (from: number) => string, signal: AbortSignal): Promise<readonly string[]> {
  const names: string[] = [];
  for (;;) {
    const { columns, total } = await read<ColumnsReply>(pathFrom(names.length), signal);
    names.push(...columns.map(({ column }) => column));
    if (names.length >= total || columns.length === 0) return names;
  }
}

export interface ShownColumns {
  readonly names: readonly string[];
  readonly counts: ColumnsReply["counts"] | undefined;
}

/** The columns that the table shows: as asked for, or the usual ones. */
export function useShownColumns(experimentId: string, state: TableState): ShownColumns {
  const usualPath = columnsPath(experimentId, { filter: "", trash: state.trash }, { limit: 1 });
  const usual = useQuery({
    queryKey: [usualPath],
    queryFn: ({ signal }) => read<ColumnsReply>(usualPath, signal),
    placeholderData: keepPreviousData,
    refetchInterval: every,
  });
  const patterns = state.columns.filter(isPattern);
  const wanted = state.differing ? [...patterns, ""] : patterns;
  const found = useQueries({
    queries: wanted.map((pattern) => {
      const differing = pattern === "";
      const pathFrom = (from: number) =>
        columnsPath(experimentId, differing ? state : { filter: "", trash: state.trash }, { search: pattern, differing, from, limit: perRead });
      return {
        queryKey: ["columns of", pathFrom(0)],
        queryFn: ({ signal }: { signal: AbortSignal }) => namesOf(pathFrom, signal),
        staleTime: 10_000,
        refetchInterval: every,
      };
    }),
    combine: (results) => results.map(({ data }) => data),
  });
  const { columns, hidden, pinned, differing } = state;
  const asked = wanted.join("\n");
  const names = useMemo(() => {
    const searched = asked === "" && found.length === 0 ? [] : asked.split("\n");
    const ofPattern = new Map(searched.flatMap((pattern, index) => (pattern === "" ? [] : [[pattern, found[index] ?? []] as const])));
    const differ = differing ? found.at(-1) : undefined;
    return shownColumns({ columns, hidden, pinned, differing }, { usual: usual.data?.usual ?? [], ofPattern, differing: differ && new Set(differ) });
  }, [columns, hidden, pinned, differing, asked, found, usual.data?.usual]);
  return { names, counts: usual.data?.counts };
}
