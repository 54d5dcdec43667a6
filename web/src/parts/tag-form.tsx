import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Textarea from "@cloudscape-design/components/textarea";
import { useState } from "react";
import { FormDialog } from "./form-dialog.tsx";

export interface Tag {
  readonly key: string;
  readonly value: string;
}

interface TagFormProps {
  readonly title: string;
  /** The tag that is changed: its key stays. */
  readonly initial?: Tag;
  readonly confirm: (key: string, value: string) => void;
  readonly close: () => void;
}

/** Asks for a tag, and closes when it has one. */
export function TagForm({ title, initial, confirm, close }: TagFormProps) {
  const [key, setKey] = useState(initial?.key ?? "");
  const [value, setValue] = useState(initial?.value ?? "");
  const submit = () => {
    confirm(key.trim(), value);
    close();
  };
  return (
    <FormDialog title={title} action="Set tag" disabled={key.trim() === ""} submit={submit} close={close}>
      <FormField label="Key">
        <Input value={key} autoFocus={!initial} disabled={initial !== undefined} onChange={({ detail }) => setKey(detail.value)} />
      </FormField>
      <FormField label="Value">
        <Textarea value={value} autoFocus={initial !== undefined} rows={3} onChange={({ detail }) => setValue(detail.value)} />
      </FormField>
    </FormDialog>
  );
}
