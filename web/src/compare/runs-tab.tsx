import Button from "@cloudscape-design/components/button";
import { address } from "../address.ts";
import { useToasts } from "../frame/toasts.tsx";
import { useUrlState } from "../frame/url-state.ts";
import { DataTable } from "../parts/data-table.tsx";
import { GoTo } from "../parts/go-to.tsx";
import { State } from "../parts/state.tsx";
import type { ComparedRun } from "./values.ts";

/** Which runs are compared; each can be taken out, or made the one that the others are measured by. */
export function RunsTab({ runs, remove }: { readonly runs: readonly ComparedRun[]; readonly remove: (id: string) => void }) {
  const [base, setBase] = useUrlState("base");
  const toasts = useToasts();
  return (
    <DataTable
      name="compared"
      title="Compared runs"
      items={runs}
      rowKey={({ id }) => id}
      empty="No run."
      columns={[
        {
          id: "name",
          header: "Run",
          cell: ({ id, name }) => (
            <GoTo href={address(["runs", id])}>
              <span className="name">{name}</span>
            </GoTo>
          ),
          sortBy: ({ name }) => name,
          isName: true,
        },
        { id: "status", header: "State", cell: ({ status }) => <State of={status} />, sortBy: ({ status }) => status },
        {
          id: "experiment",
          header: "Experiment",
          cell: ({ experimentId }) => <GoTo href={address(["experiments", experimentId])}>{experimentId}</GoTo>,
          sortBy: ({ experimentId }) => experimentId,
        },
        {
          id: "base",
          header: "Baseline",
          cell: ({ id, name }) =>
            id === base ? (
              <Button variant="inline-link" ariaLabel={`Baseline: ${name}; choose none`} onClick={() => setBase("")}>
                Baseline
              </Button>
            ) : (
              <Button variant="inline-link" ariaLabel={`Make baseline: ${name}`} onClick={() => setBase(id)}>
                Make baseline
              </Button>
            ),
        },
        {
          id: "remove",
          header: "Remove",
          cell: ({ id, name }) => (
            <Button
              variant="inline-icon"
              iconName="close"
              ariaLabel={`Take ${name} out`}
              onClick={() => {
                remove(id);
                toasts.push({ type: "info", text: `${name} is taken out; the address of before has it.` });
              }}
            />
          ),
        },
      ]}
    />
  );
}
