import { useQueries } from "@tanstack/react-query";
import { useMemo } from "react";
import { type Listing, nameOf } from "../../artifacts/entry.ts";
import { runFiles } from "../../artifacts/source.ts";
import { viewerKind } from "../../artifacts/viewer-kinds.ts";
import { read } from "../../client.ts";

/** A picture or a folder that some of the runs have. */
export interface CommonEntry {
  readonly path: string;
  readonly name: string;
  readonly isFolder: boolean;
  /** The size of the file in each run that has it, by the run's id. */
  readonly sizes: ReadonlyMap<string, number>;
}

/** The folders and pictures of a folder over several runs: folders first, by name. */
export function useFolder(runIds: readonly string[], folder: string) {
  const queries = useQueries({
    queries: runIds.map((id) => {
      const path = runFiles(id).listing(folder);
      return { queryKey: [path], queryFn: ({ signal }: { readonly signal: AbortSignal }) => read<Listing>(path, signal), staleTime: 10_000 };
    }),
  });
  const listings = queries.map(({ data }) => data);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the listings are new in every render, their times of reading are not
  const entries = useMemo(() => {
    const found = new Map<string, CommonEntry & { sizes: Map<string, number> }>();
    for (const [index, listing] of listings.entries()) {
      for (const { path, is_dir: isFolder, file_size: size } of listing?.files ?? []) {
        if (!isFolder && viewerKind(path, Number(size ?? 0)) !== "image") continue;
        const entry = found.get(path) ?? { path, name: nameOf(path), isFolder, sizes: new Map<string, number>() };
        entry.sizes.set(runIds[index] ?? "", Number(size ?? 0));
        found.set(path, entry);
      }
    }
    return [...found.values()].toSorted((a, b) => Number(b.isFolder) - Number(a.isFolder) || a.path.localeCompare(b.path, "en", { numeric: true }));
  }, [runIds, queries.map(({ dataUpdatedAt }) => dataUpdatedAt).join()]);
  const again = () => {
    for (const query of queries) void query.refetch();
  };
  return { entries, again, isReading: queries.some(({ isPending }) => isPending), error: queries.find(({ error }) => error)?.error ?? undefined };
}
