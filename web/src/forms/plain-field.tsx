import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import Toggle from "@cloudscape-design/components/toggle";
import { useState } from "react";
import type { FieldProps } from "./field-props.ts";
import { fieldWords } from "./field-words.ts";
import type { Schema } from "./schema.ts";

/** A text is a number where it spells one; anything else goes to the platform as it is, which says what is wrong with it. */
const asNumber = (text: string): unknown => (text.trim() === "" ? undefined : Number.isFinite(Number(text)) ? Number(text) : text);
const asText = (value: unknown) => (value === undefined || value === null ? "" : typeof value === "string" ? value : JSON.stringify(value));

interface ControlProps {
  readonly schema: Schema;
  readonly value: unknown;
  readonly change: (value: unknown) => void;
}

/** Keeps what is typed as it is typed: `0.` on the way to `0.5` stays. */
function NumberInput({ schema, value, change }: ControlProps) {
  const [text, setText] = useState(asText(value));
  const shown = asNumber(text) === value ? text : asText(value);
  return (
    <Input
      value={shown}
      inputMode="decimal"
      placeholder={asText(schema.default)}
      onChange={({ detail }) => {
        setText(detail.value);
        change(asNumber(detail.value));
      }}
    />
  );
}

function Choice({ schema, value, change }: ControlProps) {
  const options = (schema.enum ?? []).map((one) => ({ label: asText(one), value: asText(one) }));
  const chosen = options.find((option) => option.value === asText(value ?? schema.default));
  return (
    <Select
      selectedOption={chosen ?? null}
      options={options}
      placeholder="Choose"
      onChange={({ detail }) => change((schema.enum ?? []).find((one) => asText(one) === detail.selectedOption.value))}
    />
  );
}

function control({ schema, value, change }: ControlProps) {
  if (schema.enum) return <Choice schema={schema} value={value} change={change} />;
  if (schema.type === "boolean")
    return (
      <Toggle checked={(value ?? schema.default) === true} onChange={({ detail }) => change(detail.checked)}>
        {(value ?? schema.default) === true ? "yes" : "no"}
      </Toggle>
    );
  if (schema.type === "string")
    return (
      <Input value={asText(value)} placeholder={asText(schema.default)} onChange={({ detail }) => change(detail.value === "" ? undefined : detail.value)} />
    );
  return <NumberInput schema={schema} value={value} change={change} />;
}

/** One text, number, choice or yes and no. What is left empty is the platform's default. */
export function PlainField(props: FieldProps) {
  const { form, path, schema, value } = props;
  return <FormField {...fieldWords(props)}>{control({ schema, value, change: (next) => form.set(path, next) })}</FormField>;
}
