import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { type ReactNode, useState } from "react";
import { FormDialog } from "./form-dialog.tsx";

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
  const submit = () => {
    confirm();
    close();
  };
  return (
    <>
      <Button disabled={disabled} {...(disabled && disabledReason !== undefined && { disabledReason })} onClick={() => setOpen(true)}>
        {action}
      </Button>
      {open && (
        <FormDialog
          title={action}
          action={action}
          actionLabel={`Confirm: ${action}`}
          disabled={typed !== undefined && text !== typed}
          submit={submit}
          close={close}
        >
          <div className="name">{question}</div>
          {typed !== undefined && (
            <FormField label={<span className="name">Type {typed} to confirm</span>}>
              <Input value={text} onChange={({ detail }) => setText(detail.value)} />
            </FormField>
          )}
        </FormDialog>
      )}
    </>
  );
}
