import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { mlflow } from "../client.ts";
import { useChange } from "../queries.ts";

/** Points an alias at a version; one that points elsewhere moves. */
export function AliasDialog({ model }: { readonly model: string }) {
  const [open, setOpen] = useState(false);
  const [alias, setAlias] = useState("champion");
  const [version, setVersion] = useState("");
  const change = useChange();
  const submit = () => {
    change.mutate({
      path: mlflow("registered-models/alias", {}),
      body: { name: model, alias: alias.trim(), version: version.trim() },
      done: `The alias ${alias} points at version ${version}.`,
    });
    setOpen(false);
  };
  return (
    <>
      <Button onClick={() => setOpen(true)}>Set alias</Button>
      <Modal
        visible={open}
        onDismiss={() => setOpen(false)}
        header="Set alias"
        footer={
          <Box float="right">
            <Button variant="primary" disabled={alias.trim() === "" || version.trim() === ""} onClick={submit}>
              Set
            </Button>
          </Box>
        }
      >
        <SpaceBetween size="m">
          <FormField label="Alias">
            <Input value={alias} onChange={({ detail }) => setAlias(detail.value)} />
          </FormField>
          <FormField label="Version">
            <Input value={version} inputMode="numeric" onChange={({ detail }) => setVersion(detail.value)} />
          </FormField>
        </SpaceBetween>
      </Modal>
    </>
  );
}
