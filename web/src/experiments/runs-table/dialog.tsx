import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Form from "@cloudscape-design/components/form";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";

interface DialogProps {
  readonly title: string;
  readonly action: string;
  readonly isReady: boolean;
  readonly confirm: () => void;
  readonly close: () => void;
  readonly children: ReactNode;
}

/** Asks for something before it is done; Enter confirms. */
export function Dialog({ title, action, isReady, confirm, close, children }: DialogProps) {
  const submit = () => {
    if (!isReady) return;
    confirm();
    close();
  };
  return (
    <Modal visible header={title} onDismiss={close} closeAriaLabel="Close">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Form
          actions={
            <Box float="right">
              <SpaceBetween direction="horizontal" size="xs">
                <Button variant="link" formAction="none" onClick={close}>
                  Cancel
                </Button>
                <Button variant="primary" disabled={!isReady}>
                  {action}
                </Button>
              </SpaceBetween>
            </Box>
          }
        >
          {children}
        </Form>
      </form>
    </Modal>
  );
}
