import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { tokenContract } from "#contracts/platform/tokens.ts";
import { type ReplyOf, send } from "../client.ts";
import { CopyLine } from "../parts/copy-line.tsx";

/** Issues a token. Its secret shows once, here. */
export function CreateToken() {
  const [open, setOpen] = useState(false);
  const [principal, setPrincipal] = useState("");
  const [days, setDays] = useState("90");
  const queries = useQueryClient();
  const creation = useMutation({
    mutationFn: () =>
      send<ReplyOf<typeof tokenContract, "createToken">>("POST", "/capstan/v1/tokens", {
        principal: principal.trim(),
        ...(days !== "" && { expiresInDays: Number(days) }),
      }),
    onSuccess: () => queries.invalidateQueries(),
  });
  const close = () => {
    setOpen(false);
    creation.reset();
  };
  return (
    <>
      <Button onClick={() => setOpen(true)}>Issue token</Button>
      <Modal
        visible={open}
        onDismiss={close}
        header="Issue token"
        footer={
          <Box float="right">
            <Button variant="primary" disabled={principal.trim() === "" || creation.isPending} onClick={() => (creation.data ? close() : creation.mutate())}>
              {creation.data ? "Done" : "Issue"}
            </Button>
          </Box>
        }
      >
        <SpaceBetween size="m">
          {creation.error && <Alert type="error">{creation.error.message}</Alert>}
          {creation.data && (
            <Alert type="success" header="Copy it now: it is not shown again.">
              <CopyLine text={creation.data.secret} label="Copy the token" />
            </Alert>
          )}
          <FormField label="Speaks for" description="A person or a machine, shown wherever an action is recorded.">
            <Input value={principal} onChange={({ detail }) => setPrincipal(detail.value)} />
          </FormField>
          <FormField label="Days in force" description="Empty: it does not expire.">
            <Input value={days} inputMode="numeric" onChange={({ detail }) => setDays(detail.value)} />
          </FormField>
        </SpaceBetween>
      </Modal>
    </>
  );
}
