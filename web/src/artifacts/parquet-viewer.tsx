import { keepPreviousData, type UseQueryResult, useQuery } from "@tanstack/react-query";
import { useUrlState } from "../frame/url-state.ts";
import { Facts } from "../parts/facts.tsx";
import { FileLoaded } from "./file-loaded.tsx";
import { asyncBufferFrom, type ParquetFile, readPage } from "./parquet.ts";
import { rowsPerPage, TableView } from "./table-view.tsx";
import { useFile } from "./use-file.ts";
import type { ViewerProps } from "./viewer-props.ts";

/** A Parquet file of any size: its footer first, then the pages of rows that are looked at, by ranges. */
export function ParquetViewer({ path, file, size }: ViewerProps) {
  const query = useFile(file, "parquet", (signal) => asyncBufferFrom(file, size, signal));
  return <FileLoaded query={query}>{(opened) => <Rows path={path} file={file} opened={opened} />}</FileLoaded>;
}

function Rows({ path, file, opened }: { readonly path: string; readonly file: string; readonly opened: ParquetFile }) {
  const [page, setPage] = useUrlState("rows", "1");
  const at = Math.max(1, Number(page) || 1);
  const rows = useQuery({
    queryKey: [file, "rows", at],
    queryFn: () => readPage(opened, (at - 1) * rowsPerPage, rowsPerPage),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 30_000,
    placeholderData: keepPreviousData,
  });
  const shown = { ...rows, isPlaceholderData: false } as UseQueryResult<readonly (readonly unknown[])[]>;
  return (
    <>
      <Facts
        facts={[
          ["Rows", opened.rows.toLocaleString("en")],
          ["Columns", String(opened.columns.length)],
          ["Row groups", String(opened.rowGroups)],
          ["Written by", opened.createdBy],
        ]}
      />
      <FileLoaded query={shown}>
        {(read) => <TableView label={path} columns={opened.columns} rows={read} count={opened.rows} page={at} setPage={(next) => setPage(String(next))} />}
      </FileLoaded>
    </>
  );
}
