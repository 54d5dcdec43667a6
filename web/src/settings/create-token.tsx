import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { tokenContract } from "#contracts/platform/tokens.ts";
import { type ReplyOf, send } from "../client.ts";
import { CopyLine } from "../parts/copy-line.tsx";
import { FormDialog } from "../parts/form-dialog.tsx";

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
      {open && (
        <FormDialog
          title="Issue token"
          action={creation.data ? "Done" : "Issue"}
          isPending={creation.isPending}
          error={creation.error}
          disabled={principal.trim() === ""}
          submit={() => (creation.data ? close() : creation.mutate())}
          close={close}
        >
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
        </FormDialog>
      )}
    </>
  );
}
