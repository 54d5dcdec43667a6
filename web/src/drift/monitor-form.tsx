import Button from "@cloudscape-design/components/button";
import { type ReactNode, useState } from "react";
import { address } from "../address.ts";
import { resolved, type Schema } from "../forms/schema.ts";
import { SchemaForm } from "../forms/schema-form.tsx";
import { useSchema } from "../forms/use-schema.ts";
import { useSubmit } from "../forms/use-submit.ts";
import { FormDialog } from "../parts/form-dialog.tsx";
import { Loaded } from "../parts/loaded.tsx";
import type { MonitorReply } from "./wire.ts";

interface MonitorFormProps {
  /** The button that opens it. */
  readonly action: string;
  readonly title: string;
  /** What the form begins with. */
  readonly definition: object;
  /** Of a monitor that is there: it keeps its name. */
  readonly name?: string;
  readonly done: (monitor: MonitorReply) => void;
  /** What is to be seen of the definition before it is sent. */
  readonly children?: (definition: Readonly<Record<string, unknown>>) => ReactNode;
}

const withoutName = ({ properties = {}, required = [], ...schema }: Schema): Schema => {
  const { name: _name, ...others } = properties;
  return { ...schema, properties: others, required: required.filter((field) => field !== "name") };
};
const fieldsOf = (value: unknown) => (typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {});

/** A monitor's definition as a form of the platform's own schema. What is left empty is the platform's default. */
export function MonitorForm({ action, title, definition, name, done, children }: MonitorFormProps) {
  const [open, setOpen] = useState(false);
  const [value, setValue] = useState<unknown>(definition);
  const schema = useSchema("MonitorDefinition");
  const { submit, isPending, error, refusals, forget } = useSubmit<MonitorReply>();
  const fields = fieldsOf(value);
  const wanted = name ?? (typeof fields["name"] === "string" ? fields["name"].trim() : "");
  const close = () => {
    setOpen(false);
    forget();
  };
  const save = () =>
    submit(
      { method: "PUT", path: address(["capstan", "v1", "monitors", wanted]), body: { ...fields, name: wanted }, done: `Monitor ${wanted} is saved.` },
      {
        onSuccess: (monitor) => {
          close();
          done(monitor);
        },
      },
    );
  return (
    <>
      <Button
        onClick={() => {
          setValue(definition);
          setOpen(true);
        }}
      >
        {action}
      </Button>
      {open && (
        <FormDialog
          title={title}
          action="Save"
          actionLabel="Confirm: save the monitor"
          size="large"
          isPending={isPending}
          error={error}
          disabled={wanted === ""}
          submit={save}
          close={close}
        >
          <Loaded query={schema}>
            {(data) => (
              <SchemaForm
                schema={name === undefined ? data.schema : withoutName(resolved(data.schema, data.schema))}
                value={value}
                change={setValue}
                refusals={refusals}
              />
            )}
          </Loaded>
          {children?.(fields)}
        </FormDialog>
      )}
    </>
  );
}
