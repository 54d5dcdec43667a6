import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Multiselect from "@cloudscape-design/components/multiselect";
import Textarea from "@cloudscape-design/components/textarea";
import { useState } from "react";
import type { RunsReply } from "../experiments/wire.ts";
import { FormDialog } from "../parts/form-dialog.tsx";
import { useSearchReply } from "../queries.ts";

interface AddRunsProps {
  /** Whose runs are offered by name. */
  readonly experimentId: string | undefined;
  readonly shown: readonly string[];
  readonly add: (ids: readonly string[]) => void;
}
const offered = 200;

/** Adds runs to a comparison: the latest of the experiment by name, any by its id. */
export function AddRuns({ experimentId, shown, add }: AddRunsProps) {
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState<readonly { readonly value?: string; readonly label?: string }[]>([]);
  const [text, setText] = useState("");
  const body = { experiment_ids: [experimentId ?? ""], max_results: offered, order_by: ["attributes.start_time DESC"] };
  const { data } = useSearchReply<RunsReply>("/api/2.0/mlflow/runs/search", body, { enabled: open && experimentId !== undefined, every: false });
  const options = (data?.runs ?? [])
    .filter(({ info }) => !shown.includes(info.run_id))
    .map(({ info }) => ({ value: info.run_id, label: info.run_name || info.run_id, description: info.run_id }));
  const ids = [...chosen.flatMap(({ value }) => value ?? []), ...text.split(/[\s,]+/)].filter((id) => id !== "");
  const submit = () => {
    add(ids);
    setChosen([]);
    setText("");
    setOpen(false);
  };
  return (
    <>
      <Button onClick={() => setOpen(true)}>Add runs</Button>
      {open && (
        <FormDialog title="Add runs" action="Add to the comparison" disabled={ids.length === 0} submit={submit} close={() => setOpen(false)}>
          {experimentId !== undefined && (
            <FormField label="Runs of the same experiment" description={`The latest ${offered}.`}>
              <Multiselect
                filteringType="auto"
                selectedOptions={[...chosen]}
                options={options}
                placeholder="Choose runs"
                empty="No other run."
                onChange={({ detail }) => setChosen(detail.selectedOptions)}
              />
            </FormField>
          )}
          <FormField label="Run ids" description="Of any experiment, one a line or with commas between.">
            <Textarea value={text} rows={3} onChange={({ detail }) => setText(detail.value)} />
          </FormField>
        </FormDialog>
      )}
    </>
  );
}
