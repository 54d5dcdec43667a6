import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import CollectionPreferences from "@cloudscape-design/components/collection-preferences";
import { useToasts } from "../frame/toasts.tsx";
import type { ListColumn } from "./arrange.ts";
import { offer } from "./download.ts";
import type { ColumnPlace } from "./list-columns.ts";
import { listFile } from "./list-export.ts";

interface ExportProps<T> {
  readonly title: string;
  readonly items: readonly T[];
  readonly columns: readonly ListColumn<T>[];
  /** What reads the same rows with a client. */
  readonly python: string | undefined;
}

const types = { csv: "text/csv;charset=utf-8", json: "application/json" } as const;

/** Takes a list elsewhere: the rows that the filter leaves, with the columns in view. */
export function ListExport<T>({ title, items, columns, python }: ExportProps<T>) {
  const toasts = useToasts();
  const file = (kind: "csv" | "json") =>
    offer(new Blob([listFile(kind, items, columns)], { type: types[kind] }), `${title.replaceAll(/[^\p{L}\p{N}_.-]+/gu, "-")}.${kind}`);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(python ?? "");
      toasts.push({ type: "success", text: "Copied as Python." });
    } catch {
      toasts.push({ type: "error", text: "The browser refused to copy." });
    }
  };
  const deeds: Readonly<Record<string, () => void>> = { csv: () => file("csv"), json: () => file("json"), python: () => void copy() };
  return (
    <ButtonDropdown
      expandToViewport
      ariaLabel={`Export ${title}`}
      disabled={items.length === 0}
      onItemClick={({ detail }) => deeds[detail.id]?.()}
      items={[
        { id: "csv", text: "Rows as CSV" },
        { id: "json", text: "Rows as JSON" },
        ...(python === undefined ? [] : [{ id: "python", text: "Copy as Python" }]),
      ]}
    >
      Export
    </ButtonDropdown>
  );
}

interface ColumnsProps<T> {
  readonly title: string;
  readonly columns: readonly ListColumn<T>[];
  readonly places: readonly ColumnPlace[];
  readonly change: (places: readonly ColumnPlace[]) => void;
}

/** Chooses which columns a list shows, and in which order. */
export function ListColumns<T>({ title, columns, places, change }: ColumnsProps<T>) {
  return (
    <CollectionPreferences
      title={`Columns of ${title}`}
      confirmLabel="Show"
      cancelLabel="Cancel"
      preferences={{ contentDisplay: places }}
      contentDisplayPreference={{
        title: "Columns",
        description: "Drag a column by its handle, or move it with Space and the arrow keys.",
        options: columns.map(({ id, header, isName = false }) => ({ id, label: header, alwaysVisible: isName })),
      }}
      onConfirm={({ detail }) => change(detail.contentDisplay ?? places)}
    />
  );
}
