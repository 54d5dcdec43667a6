import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Textarea from "@cloudscape-design/components/textarea";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { send } from "../client.ts";
import { useToasts } from "../frame/toasts.tsx";
import { FormDialog } from "../parts/form-dialog.tsx";
import { type Experiment, experimentPath, noteOf, noteTag } from "./wire.ts";

interface ExperimentDialogProps {
  /** The one to change; without it a new one is made. */
  readonly experiment?: Experiment | undefined;
  readonly close: () => void;
}

async function save(experiment: Experiment | undefined, name: string, note: string): Promise<void> {
  if (!experiment) {
    await send("POST", experimentPath("create"), { name, ...(note !== "" && { tags: [{ key: noteTag, value: note }] }) });
    return;
  }
  const { experiment_id } = experiment;
  if (name !== experiment.name) await send("POST", experimentPath("update"), { experiment_id, new_name: name });
  if (note !== noteOf(experiment)) await send("POST", experimentPath("set-experiment-tag"), { experiment_id, key: noteTag, value: note });
}

/** Name and description of an experiment, new or known. */
export function ExperimentDialog({ experiment, close }: ExperimentDialogProps) {
  const [name, setName] = useState(experiment?.name ?? "");
  const [note, setNote] = useState(experiment ? noteOf(experiment) : "");
  const queries = useQueryClient();
  const toasts = useToasts();
  const saving = useMutation({
    mutationFn: () => save(experiment, name.trim(), note),
    onSuccess: () => {
      toasts.push({ type: "success", text: `The experiment ${name.trim()} is ${experiment ? "changed" : "there"}.` });
      close();
    },
    onSettled: () => queries.invalidateQueries(),
  });
  return (
    <FormDialog
      title={experiment ? "Edit experiment" : "Create experiment"}
      action={experiment ? "Save" : "Create"}
      submit={() => saving.mutate()}
      close={close}
      isPending={saving.isPending}
      error={saving.error}
      disabled={name.trim() === ""}
    >
      <FormField label="Name" description="Unique, also among experiments in the trash.">
        <Input value={name} autoFocus onChange={({ detail }) => setName(detail.value)} />
      </FormField>
      <FormField label="Description" description="Markdown; MLflow shows it too.">
        <Textarea value={note} rows={5} onChange={({ detail }) => setNote(detail.value)} />
      </FormField>
    </FormDialog>
  );
}
