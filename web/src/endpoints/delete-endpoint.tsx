import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { useState } from "react";
import { navigate } from "wouter/use-browser-location";
import { address } from "../address.ts";
import { FormDialog } from "../parts/form-dialog.tsx";
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
      {open && (
        <FormDialog
          title={`Delete ${name}`}
          action="Delete"
          actionLabel={`Confirm: delete ${name}`}
          isPending={change.isPending}
          disabled={typed !== name}
          submit={remove}
          close={() => setOpen(false)}
        >
          <div>Whoever asks this endpoint gets no answer from then on. Its history and its model versions stay.</div>
          <FormField label={`Type ${name} to confirm`}>
            <Input value={typed} onChange={({ detail }) => setTyped(detail.value)} />
          </FormField>
          <FormField label="Reason" description="Kept in the history.">
            <Input value={reason} onChange={({ detail }) => setReason(detail.value)} />
          </FormField>
        </FormDialog>
      )}
    </>
  );
}
