import FormField from "@cloudscape-design/components/form-field";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import { useState } from "react";
import { type Path, withValue } from "./document.ts";
import { Field } from "./field.tsx";
import { Members } from "./object-field.tsx";
import { readJson } from "./read-json.ts";
import { resolved, type Schema } from "./schema.ts";
import "./forms.css";

interface SchemaFormProps {
  readonly schema: Schema;
  readonly value: unknown;
  readonly change: (value: unknown) => void;
  readonly refusals: ReadonlyMap<string, string>;
}

/** A form of what a schema describes, and the same document as JSON: each shows what was changed in the other. */
export function SchemaForm({ schema, value, change, refusals }: SchemaFormProps) {
  const [view, setView] = useState("form");
  const [text, setText] = useState("");
  const { problem } = view === "json" ? readJson(text) : {};
  const show = (next: string) => {
    setText(JSON.stringify(value ?? {}, null, 2));
    setView(next);
  };
  const form = { root: schema, Field, refusals, set: (path: Path, next: unknown) => change(withValue(value, path, next)) };
  return (
    <SpaceBetween size="m">
      <SegmentedControl
        label="Shown as"
        selectedId={view}
        options={[
          { id: "form", text: "Form" },
          { id: "json", text: "JSON" },
        ]}
        onChange={({ detail }) => show(detail.selectedId)}
      />
      {view === "form" ? (
        <Members form={form} schema={resolved(schema, schema)} path={[]} value={value} />
      ) : (
        <FormField
          label="Document"
          errorText={problem}
          constraintText={problem === undefined ? "What the form shows, as JSON." : "The form keeps what was last readable."}
          stretch
        >
          <Textarea
            value={text}
            rows={24}
            spellcheck={false}
            onChange={({ detail }) => {
              setText(detail.value);
              const read = readJson(detail.value);
              if (read.problem === undefined) change(read.value ?? {});
            }}
          />
        </FormField>
      )}
    </SpaceBetween>
  );
}
