import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Modal from "@cloudscape-design/components/modal";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { champion } from "./names.ts";
import type { Version } from "./wire.ts";

interface AliasDialogProps {
  readonly action: string;
  readonly icon?: "edit";
  /** The alias that is moved, and where it points; a new one is asked for without. */
  readonly initial?: { readonly alias: string; readonly version: string };
  readonly versions: readonly Version[];
  readonly submit: (alias: string, version: string) => void;
}

/** Asks which version an alias is to point at. */
export function AliasDialog({ action, icon, initial, versions, submit }: AliasDialogProps) {
  const [open, setOpen] = useState(false);
  const [alias, setAlias] = useState("");
  const [version, setVersion] = useState("");
  const options = versions.map((it) => ({ value: it.version, label: `Version ${it.version}`, description: (it.aliases ?? []).join(", ") }));
  const show = () => {
    setAlias(initial?.alias ?? champion);
    setVersion(initial?.version ?? versions[0]?.version ?? "");
    setOpen(true);
  };
  const confirm = () => {
    submit(alias.trim(), version);
    setOpen(false);
  };
  return (
    <>
      {icon ? (
        <Button variant="inline-icon" iconName={icon} ariaLabel={action} onClick={show} />
      ) : (
        <Button disabled={versions.length === 0} onClick={show}>
          {action}
        </Button>
      )}
      <Modal
        visible={open}
        onDismiss={() => setOpen(false)}
        header={<span className="name">{action}</span>}
        footer={
          <Box float="right">
            <Button variant="primary" disabled={alias.trim() === "" || version === "" || version === initial?.version} onClick={confirm}>
              Point it there
            </Button>
          </Box>
        }
      >
        <SpaceBetween size="m">
          <FormField label="Alias" constraintText="Letters, digits, underscores and dashes.">
            <Input value={alias} disabled={initial !== undefined} onChange={({ detail }) => setAlias(detail.value)} />
          </FormField>
          <FormField label="Version">
            <Select
              filteringType="auto"
              selectedOption={options.find(({ value }) => value === version) ?? null}
              options={options}
              onChange={({ detail }) => setVersion(detail.selectedOption.value ?? "")}
            />
          </FormField>
        </SpaceBetween>
      </Modal>
    </>
  );
}
