import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { navigate } from "wouter/use-browser-location";
import { address } from "../address.ts";
import { useChange } from "../queries.ts";
import type { EndpointReply } from "./wire.ts";

/** Deletes an endpoint, once its name was typed: whoever asks it gets no answer from then on. */
export function DeleteEndpoint({ endpoint: { name, rolloutId } }: { readonly endpoint: EndpointReply }) {
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const [reason, setReason] = useState("");
  const change = useChange();
  const remove = () =>
    change.mutate(
      { method: "DELETE", path: address(["capstan", "v1", "endpoints", name]), body: { reason: reason.trim() }, done: `${name} is deleted.` },
      { onSuccess: () => navigate("/endpoints") },
    );
  return (
    <>
      <Button
        onClick={() => setOpen(true)}
        disabled={rolloutId !== undefined}
        {...(rolloutId !== undefined && { disabledReason: `Rollout ${rolloutId} is under way: promote it, roll it back or abort it first.` })}
      >
        Delete
      </Button>
      <Modal
        visible={open}
        onDismiss={() => setOpen(false)}
        header={`Delete ${name}`}
        footer={
          <Box float="right">
            <SpaceBetween direction="horizontal" size="xs">
              <Button variant="link" onClick={() => setOpen(false)}>
                Cancel
              </Button>
              <Button variant="primary" disabled={typed !== name || change.isPending} onClick={remove} ariaLabel={`Confirm: delete ${name}`}>
                Delete
              </Button>
            </SpaceBetween>
          </Box>
        }
      >
        <SpaceBetween size="m">
          <div>Whoever asks this endpoint gets no answer from then on. Its history and its model versions stay.</div>
          <FormField label={`Type ${name} to confirm`}>
            <Input value={typed} onChange={({ detail }) => setTyped(detail.value)} />
          </FormField>
          <FormField label="Reason" description="Kept in the history.">
            <Input value={reason} onChange={({ detail }) => setReason(detail.value)} />
          </FormField>
        </SpaceBetween>
      </Modal>
    </>
  );
}
