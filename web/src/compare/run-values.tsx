import { address } from "../address.ts";
import { DataTable } from "../parts/data-table.tsx";
import { number } from "../parts/format.ts";
import { GoTo } from "../parts/go-to.tsx";
import { type ComparedRun, numberIn, type ValueName } from "./values.ts";

interface RunValuesProps {
  readonly title: string;
  readonly runs: readonly ComparedRun[];
  readonly names: readonly ValueName[];
}

/** Runs as rows with some of their values: what a plot shows, for who reads rather than looks. */
export function RunValues({ title, runs, names }: RunValuesProps) {
  return (
    <DataTable
      name="values"
      title={title}
      items={runs}
      rowKey={({ id }) => id}
      empty="No run."
      columns={[
        {
          id: "run",
          header: "Run",
          cell: ({ id, name }) => (
            <GoTo href={address(["runs", id])}>
              <span className="named">{name}</span>
            </GoTo>
          ),
          sortBy: ({ name }) => name,
          isName: true,
        },
        ...names.map((name) => ({
          id: name,
          header: name,
          cell: ({ values }: ComparedRun) => {
            const value = values.get(name);
            return (
              <span className="number two-lines" title={String(value ?? "")}>
                {typeof value === "number" ? number(value) : (value ?? "-")}
              </span>
            );
          },
          sortBy: ({ values }: ComparedRun) => {
            const value = values.get(name);
            return numberIn(value) ?? value;
          },
        })),
      ]}
    />
  );
}
