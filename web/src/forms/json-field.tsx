import FormField from "@cloudscape-design/components/form-field";
import Textarea from "@cloudscape-design/components/textarea";
import { useState } from "react";
import type { FieldProps } from "./field-props.ts";
import { fieldWords } from "./field-words.ts";
import { readJson } from "./read-json.ts";

const textOf = (value: unknown) => (value === undefined ? "" : JSON.stringify(value, null, 2));

/** A value that no control is made for, as JSON. While it cannot be read the document keeps what it had. */
export function JsonField(props: FieldProps) {
  const { form, path, value } = props;
  const [text, setText] = useState(textOf(value));
  const read = readJson(text);
  const shown = read.problem !== undefined || JSON.stringify(read.value) === JSON.stringify(value) ? text : textOf(value);
  const words = fieldWords(props);
  return (
    <FormField {...words} errorText={read.problem ?? words.errorText} constraintText="As JSON.">
      <Textarea
        value={shown}
        rows={Math.min(12, Math.max(2, shown.split("\n").length))}
        onChange={({ detail }) => {
          setText(detail.value);
          const next = readJson(detail.value);
          if (next.problem === undefined) form.set(path, next.value);
        }}
      />
    </FormField>
  );
}
