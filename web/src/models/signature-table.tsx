import { DataTable } from "../parts/data-table.tsx";
import type { SignatureRow } from "./signature.ts";

/** What a version takes and gives. @param rows undefined while they are read; null where its files do not say */
export function SignatureTable({ rows }: { readonly rows: readonly SignatureRow[] | null | undefined }) {
  return (
    <DataTable
      name="signature"
      title="Signature"
      filtering={(rows?.length ?? 0) > 10}
      items={rows === null ? [] : rows}
      rowKey={({ side, name }) => `${side} ${name}`}
      empty="Its files say nothing of inputs and outputs. Log the model with a signature or an input example."
      columns={[
        { id: "name", header: "Name", cell: ({ name }) => <span className="name">{name}</span>, sortBy: ({ name }) => name, isName: true },
        { id: "side", header: "Is", cell: ({ side }) => side, sortBy: ({ side }) => side },
        { id: "type", header: "Type", cell: ({ type, required }) => `${type}${required ? "" : ", optional"}`, sortBy: ({ type }) => type },
        {
          id: "columns",
          header: "Columns",
          cell: ({ columns }) => <span className="name">{columns.join(", ") || "-"}</span>,
          sortBy: ({ columns }) => columns.join(", "),
        },
      ]}
    />
  );
}
