import FormField from "@cloudscape-design/components/form-field";
import Textarea from "@cloudscape-design/components/textarea";
import { useState } from "react";
import type { FieldProps } from "./field-props.ts";
import { fieldWords } from "./field-words.ts";
import { resolved } from "./schema.ts";

/** A list of texts or numbers, one a line. */
export function LinesField(props: FieldProps) {
  const { form, path, schema, value } = props;
  const isNumber = ["number", "integer"].includes(resolved(schema.items ?? {}, form.root).type ?? "");
  const parse = (text: string): unknown[] | undefined => {
    const lines = text.split("\n").flatMap((line) => (line.trim() === "" ? [] : [line.trim()]));
    if (lines.length === 0) return undefined;
    return isNumber ? lines.map((line) => (Number.isFinite(Number(line)) ? Number(line) : line)) : lines;
  };
  const given = Array.isArray(value) ? value.map(String).join("\n") : "";
  const [text, setText] = useState(given);
  const shown = JSON.stringify(parse(text)) === JSON.stringify(value) ? text : given;
  const words = fieldWords(props);
  const fallback = Array.isArray(schema.default) ? schema.default.map(String).join("\n") : "";
  const inItems = [...form.refusals].find(([where]) => where.startsWith(`${path.join(".")}[`))?.[1];
  return (
    <FormField {...words} errorText={words.errorText ?? inItems} constraintText="One a line.">
      <Textarea
        value={shown}
        rows={Math.min(8, Math.max(2, (shown || fallback).split("\n").length))}
        placeholder={fallback}
        onChange={({ detail }) => {
          setText(detail.value);
          form.set(path, parse(detail.value));
        }}
      />
    </FormField>
  );
}
