import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import { useState } from "react";
import { FormDialog } from "../parts/form-dialog.tsx";
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
      {open && (
        <FormDialog
          title={action}
          action="Point it there"
          disabled={alias.trim() === "" || version === "" || version === initial?.version}
          submit={confirm}
          close={() => setOpen(false)}
        >
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
        </FormDialog>
      )}
    </>
  );
}
