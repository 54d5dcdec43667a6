import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { mlflow } from "../address.ts";
import type { Run } from "../experiments/wire.ts";
import { TextDialog } from "../parts/text-dialog.tsx";
import { useChange } from "../queries.ts";

/** Renames a run, takes it away, brings it back; each can be undone. */
export function RunActions({ run: { info } }: { readonly run: Run }) {
  const change = useChange();
  const body = { run_id: info.run_id };
  const deletion = { path: mlflow("runs/delete", {}), body, done: "The run is deleted." };
  const restoration = { path: mlflow("runs/restore", {}), body, done: "The run is restored." };
  const naming = (run_name: string, done: string) => ({ path: mlflow("runs/update", {}), body: { ...body, run_name }, done });
  if (info.lifecycle_stage === "deleted") return <Button onClick={() => change.mutate({ ...restoration, undo: deletion })}>Restore</Button>;
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <TextDialog
        action="Rename"
        label="Name"
        initial={info.run_name}
        submit={(name) => change.mutate({ ...naming(name, `The run is called ${name} now.`), undo: naming(info.run_name, "The run has its name back.") })}
      />
      <Button onClick={() => change.mutate({ ...deletion, undo: restoration })}>Delete</Button>
    </SpaceBetween>
  );
}
