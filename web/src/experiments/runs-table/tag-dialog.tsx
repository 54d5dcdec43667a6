import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { Dialog } from "./dialog.tsx";

interface TagDialogProps {
  readonly count: number;
  readonly confirm: (key: string, value: string) => void;
  readonly close: () => void;
}

/** Asks for a tag to set on some runs. */
export function TagDialog({ count, confirm, close }: TagDialogProps) {
  const [key, setKey] = useState("");
  const [value, setValue] = useState("");
  return (
    <Dialog
      title={`Tag ${count} ${count === 1 ? "run" : "runs"}`}
      action="Set tag"
      isReady={key.trim() !== ""}
      confirm={() => confirm(key.trim(), value)}
      close={close}
    >
      <SpaceBetween size="m">
        <FormField label="Tag">
          <Input value={key} autoFocus onChange={({ detail }) => setKey(detail.value)} />
        </FormField>
        <FormField label="Value">
          <Input value={value} onChange={({ detail }) => setValue(detail.value)} />
        </FormField>
      </SpaceBetween>
    </Dialog>
  );
}
