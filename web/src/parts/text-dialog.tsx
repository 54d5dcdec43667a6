import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { useState } from "react";
import { FormDialog } from "./form-dialog.tsx";

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
  const confirm = () => {
    submit((text ?? "").trim());
    close();
  };
  return (
    <>
      <Button onClick={() => setText(initial)}>{action}</Button>
      {text !== undefined && (
        <FormDialog
          title={action}
          action={action}
          actionLabel={`Confirm: ${action}`}
          disabled={text.trim() === "" || text === initial}
          submit={confirm}
          close={close}
        >
          <FormField label={label}>
            <Input value={text} onChange={({ detail }) => setText(detail.value)} />
          </FormField>
        </FormDialog>
      )}
    </>
  );
}
