import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal, { type ModalProps } from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { type ReactNode, useId } from "react";
import { RefusalAlert } from "./refusal-alert.tsx";

interface FormDialogProps {
  readonly title: string;
  /** The button that sends it. */
  readonly action: string;
  /** Its name for those who hear the page, where a button beneath the dialog is called the same. @default the action */
  readonly actionLabel?: string;
  readonly submit: () => void;
  readonly close: () => void;
  readonly isPending?: boolean;
  /** Why it was refused; what was typed stays. */
  readonly error?: Error | null;
  readonly disabled?: boolean;
  readonly size?: ModalProps["size"];
  readonly children: ReactNode;
}

/** Fields over the page, sent with Enter or the button. It stays open until its owner closes it. */
export function FormDialog({ title, action, actionLabel, submit, close, isPending = false, error = null, disabled = false, size, children }: FormDialogProps) {
  const form = useId();
  return (
    <Modal
      visible
      {...(size && { size })}
      header={<span className="name">{title}</span>}
      onDismiss={close}
      closeAriaLabel="Close"
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={close}>
              Cancel
            </Button>
            <Button
              variant="primary"
              form={form}
              disabled={disabled}
              loading={isPending}
              loadingText="Sending"
              {...(actionLabel && { ariaLabel: actionLabel })}
            >
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
          <RefusalAlert error={error} />
          {children}
        </SpaceBetween>
      </form>
    </Modal>
  );
}
