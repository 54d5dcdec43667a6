import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import { useState } from "react";

interface TagDialogProps {
  readonly action: string;
  /** Shown as an icon; the action is its name. */
  readonly icon?: "edit";
  /** The tag that is changed; a new one is asked for without. */
  readonly initial?: { readonly key: string; readonly value: string };
  readonly submit: (key: string, value: string) => void;
}

/** Asks for a tag. */
export function TagDialog({ action, icon, initial, submit }: TagDialogProps) {
  const [open, setOpen] = useState(false);
  const [key, setKey] = useState("");
  const [value, setValue] = useState("");
  const show = () => {
    setKey(initial?.key ?? "");
    setValue(initial?.value ?? "");
    setOpen(true);
  };
  const confirm = () => {
    submit(key.trim(), value);
    setOpen(false);
  };
  return (
    <>
      {icon ? <Button variant="inline-icon" iconName={icon} ariaLabel={action} onClick={show} /> : <Button onClick={show}>{action}</Button>}
      <Modal
        visible={open}
        onDismiss={() => setOpen(false)}
        header={<span className="name">{action}</span>}
        footer={
          <Box float="right">
            <Button variant="primary" disabled={key.trim() === ""} onClick={confirm}>
              Set tag
            </Button>
          </Box>
        }
      >
        <SpaceBetween size="m">
          <FormField label="Key">
            <Input value={key} disabled={initial !== undefined} onChange={({ detail }) => setKey(detail.value)} />
          </FormField>
          <FormField label="Value">
            <Textarea value={value} rows={3} onChange={({ detail }) => setValue(detail.value)} />
          </FormField>
        </SpaceBetween>
      </Modal>
    </>
  );
}
