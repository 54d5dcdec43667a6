import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { type ReactNode, useId } from "react";

interface FormDialogProps {
  readonly title: string;
  /** The button that sends it. */
  readonly action: string;
  readonly submit: () => void;
  readonly close: () => void;
  readonly isPending?: boolean;
  /** Why it was refused; what was typed stays. */
  readonly error?: Error | null;
  readonly disabled?: boolean;
  readonly children: ReactNode;
}

/** Fields over the page, sent with Enter or the button. It stays open until its owner closes it. */
export function FormDialog({ title, action, submit, close, isPending = false, error, disabled = false, children }: FormDialogProps) {
  const form = useId();
  return (
    <Modal
      visible
      header={title}
      onDismiss={close}
      closeAriaLabel="Close"
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={close}>
              Cancel
            </Button>
            <Button variant="primary" form={form} disabled={disabled} loading={isPending} loadingText="Sending">
              {action}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <form
        id={form}
        onSubmit={(event) => {
          event.preventDefault();
          if (!disabled && !isPending) submit();
        }}
      >
        <SpaceBetween size="m">
          {error && <Alert type="error">{error.message}</Alert>}
          {children}
        </SpaceBetween>
      </form>
    </Modal>
  );
}
