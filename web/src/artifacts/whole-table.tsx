import Input from "@cloudscape-design/components/input";
import { useMemo, useState } from "react";
import { useUrlState } from "../frame/url-state.ts";
import { arrangeRows, type Table } from "./table.ts";
import { rowsPerPage, TableView } from "./table-view.tsx";

/** A table that is all here: found in, ordered by a click on a heading, paged. */
export function WholeTable({ table, label }: { readonly table: Table; readonly label: string }) {
  const [page, setPage] = useUrlState("rows", "1");
  const [text, setText] = useState("");
  const [sorted, setSorted] = useState<{ column: number; isDescending: boolean }>();
  const rows = useMemo(() => arrangeRows(table, text, sorted), [table, text, sorted]);
  const at = Math.min(Math.max(1, Number(page) || 1), Math.max(1, Math.ceil(rows.length / rowsPerPage)));
  const sort = (column: number) => setSorted((old) => ({ column, isDescending: old?.column === column && !old.isDescending }));
  return (
    <>
      <div className="viewer-bar">
        <Input
          type="search"
          ariaLabel="Find rows"
          placeholder="Find rows"
          value={text}
          onChange={({ detail }) => {
            setText(detail.value);
            setPage("1");
          }}
        />
      </div>
      <TableView
        label={label}
        columns={table.columns}
        rows={rows.slice((at - 1) * rowsPerPage, at * rowsPerPage)}
        count={rows.length}
        page={at}
        setPage={(next) => setPage(String(next))}
        sorted={sorted}
        sort={sort}
      />
    </>
  );
}
