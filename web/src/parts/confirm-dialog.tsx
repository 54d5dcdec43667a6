import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { type ReactNode, useState } from "react";

interface ConfirmDialogProps {
  /** The button that opens it, and the one that confirms. */
  readonly action: string;
  readonly question: ReactNode;
  /** What has to be typed first, for what cannot be taken back. @default nothing */
  readonly typed?: string;
  readonly disabled?: boolean;
  readonly disabledReason?: string;
  readonly confirm: () => void;
}

/** A button whose deed is asked about first: it says what will happen. */
export function ConfirmDialog({ action, question, typed, disabled = false, disabledReason, confirm }: ConfirmDialogProps) {
  const [open, setOpen] = useState(false);
  const [text, setText] = useState("");
  const close = () => {
    setOpen(false);
    setText("");
  };
  return (
    <>
      <Button disabled={disabled} {...(disabled && disabledReason !== undefined && { disabledReason })} onClick={() => setOpen(true)}>
        {action}
      </Button>
      <Modal
        visible={open}
        onDismiss={close}
        header={action}
        footer={
          <Box float="right">
            <SpaceBetween direction="horizontal" size="xs">
              <Button variant="link" onClick={close}>
                Cancel
              </Button>
              <Button
                variant="primary"
                ariaLabel={`Confirm: ${action}`}
                disabled={typed !== undefined && text !== typed}
                onClick={() => {
                  confirm();
                  close();
                }}
              >
                {action}
              </Button>
            </SpaceBetween>
          </Box>
        }
      >
        <SpaceBetween size="m">
          <div className="name">{question}</div>
          {typed !== undefined && (
            <FormField label={<span className="name">Type {typed} to confirm</span>}>
              <Input value={text} onChange={({ detail }) => setText(detail.value)} />
            </FormField>
          )}
        </SpaceBetween>
      </Modal>
    </>
  );
}
