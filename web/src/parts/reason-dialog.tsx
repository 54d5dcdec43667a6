import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import { type ReactNode, useState } from "react";

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
  const close = () => setOpen(false);
  const submit = () => {
    setTried(true);
    if (isMissing) return;
    confirm(reason.trim());
    setReason("");
    setTried(false);
    close();
  };
  return (
    <>
      <Button variant={primary ? "primary" : "normal"} disabled={disabled} onClick={() => setOpen(true)}>
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
              <Button variant="primary" onClick={submit} ariaLabel={`Confirm: ${action}`}>
                {action}
              </Button>
            </SpaceBetween>
          </Box>
        }
      >
        <SpaceBetween size="m">
          <div>{question}</div>
          <FormField label="Reason" description="Kept with the decision." errorText={tried && isMissing ? "Say why." : undefined}>
            <Textarea value={reason} rows={3} onChange={({ detail }) => setReason(detail.value)} />
          </FormField>
        </SpaceBetween>
      </Modal>
    </>
  );
}
