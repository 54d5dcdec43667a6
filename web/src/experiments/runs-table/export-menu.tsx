import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import { useState } from "react";
import { useToasts } from "../../frame/toasts.tsx";
import { exported } from "./export-rows.ts";
import { pythonOf } from "./python.ts";
import { tablePath } from "./table-address.ts";
import type { TableState } from "./table-state.ts";

interface ExportMenuProps {
  readonly experimentId: string;
  readonly title: string;
  readonly state: TableState;
  readonly columns: readonly string[];
}

function download(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Takes the view elsewhere: its rows as a file, or itself as Python. */
export function ExportMenu({ experimentId, title, state, columns }: ExportMenuProps) {
  const [rows, setRows] = useState<number>();
  const toasts = useToasts();
  const file = async (kind: "csv" | "json") => {
    setRows(0);
    try {
      const table = tablePath(experimentId, { ...state, flat: true, open: [] });
      const blob = await exported(kind, { table, columns, group: state.group, signal: new AbortController().signal, tell: setRows });
      download(blob, `${title.replaceAll(/[^\p{L}\p{N}_.-]+/gu, "-")}.${kind}`);
    } catch (error) {
      toasts.push({ type: "error", text: error instanceof Error ? error.message : String(error) });
    }
    setRows(undefined);
  };
  const python = async () => {
    await navigator.clipboard.writeText(pythonOf({ url: window.location.origin, experimentId, state, columns }));
    toasts.push({ type: "success", text: "Copied as Python." });
  };
  const deeds: Readonly<Record<string, () => Promise<void>>> = { csv: () => file("csv"), json: () => file("json"), python };
  return (
    <ButtonDropdown
      expandToViewport
      loading={rows !== undefined}
      onItemClick={({ detail }) => void deeds[detail.id]?.()}
      items={[
        { id: "csv", text: "All rows as CSV" },
        { id: "json", text: "All rows as JSON" },
        { id: "python", text: "Copy as Python" },
      ]}
    >
      {rows === undefined ? "Export" : `${rows.toLocaleString("en")} rows`}
    </ButtonDropdown>
  );
}
