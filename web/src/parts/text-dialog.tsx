import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input, { type InputProps } from "@cloudscape-design/components/input";
import Modal from "@cloudscape-design/components/modal";
import { useState } from "react";

interface TextDialogProps {
  /** The button that opens it, and the one that confirms. */
  readonly action: string;
  readonly label: string;
  readonly initial: string;
  readonly submit: (text: string) => void;
}

/** A button that asks for one line of text. */
export function TextDialog({ action, label, initial, submit }: TextDialogProps) {
  const [text, setText] = useState<string>();
  const close = () => setText(undefined);
  const isChanged = text !== undefined && text.trim() !== "" && text !== initial;
  const confirm = () => {
    if (isChanged) submit(text.trim());
    close();
  };
  const onKeyDown: InputProps["onKeyDown"] = (event) => {
    if (event.detail.key !== "Enter") return;
    // Otherwise the key presses the button that the focus returns to, and the dialog opens again.
    event.preventDefault();
    confirm();
  };
  return (
    <>
      <Button onClick={() => setText(initial)}>{action}</Button>
      <Modal
        visible={text !== undefined}
        onDismiss={close}
        header={action}
        footer={
          <Box float="right">
            <Button variant="primary" disabled={!isChanged} ariaLabel={`Confirm: ${action}`} onClick={confirm}>
              {action}
            </Button>
          </Box>
        }
      >
        <FormField label={label}>
          <Input value={text ?? ""} onChange={({ detail }) => setText(detail.value)} onKeyDown={onKeyDown} />
        </FormField>
      </Modal>
    </>
  );
}
