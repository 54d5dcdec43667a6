import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Textarea from "@cloudscape-design/components/textarea";
import { type ReactNode, useState } from "react";
import { FormDialog } from "./form-dialog.tsx";

interface ReasonDialogProps {
  /** The button that opens it, and the one that confirms. */
  readonly action: string;
  readonly question: ReactNode;
  readonly confirm: (reason: string) => void;
  readonly disabled?: boolean;
  readonly primary?: boolean;
}

/** A button whose deed needs a reason: it asks first, and says what will happen. */
export function ReasonDialog({ action, question, confirm, disabled = false, primary = false }: ReasonDialogProps) {
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const isMissing = reason.trim() === "";
  const submit = () => {
    setTried(true);
    if (isMissing) return;
    confirm(reason.trim());
    setReason("");
    setTried(false);
    setOpen(false);
  };
  return (
    <>
      <Button variant={primary ? "primary" : "normal"} disabled={disabled} onClick={() => setOpen(true)}>
        {action}
      </Button>
      {open && (
        <FormDialog title={action} action={action} actionLabel={`Confirm: ${action}`} submit={submit} close={() => setOpen(false)}>
          <div>{question}</div>
          <FormField label="Reason" description="Kept with the decision." errorText={tried && isMissing ? "Say why." : undefined}>
            <Textarea value={reason} rows={3} onChange={({ detail }) => setReason(detail.value)} />
          </FormField>
        </FormDialog>
      )}
    </>
  );
}
