import Box from "@cloudscape-design/components/box";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { pathText } from "./document.ts";
import type { FieldProps } from "./field-props.ts";
import { fieldWords } from "./field-words.ts";
import type { Schema } from "./schema.ts";

const members = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : {};

/** The fields of an object: those that must be given first. */
export function Members({ form, schema, path, value }: Pick<FieldProps, "form" | "schema" | "path" | "value">) {
  const required = new Set(schema.required);
  const entries = Object.entries(schema.properties ?? {}).toSorted(([left], [right]) => Number(required.has(right)) - Number(required.has(left)));
  return (
    <SpaceBetween size="m">
      {entries.map(([name, member]: [string, Schema]) => (
        <form.Field key={name} form={form} schema={member} path={[...path, name]} value={members(value)[name]} isRequired={required.has(name)} />
      ))}
    </SpaceBetween>
  );
}

/** An object within the document: open where it must be given, is given, or holds something that was refused. */
export function ObjectField(props: FieldProps) {
  const { form, path, value, isRequired } = props;
  const { label, description, errorText } = fieldWords(props);
  const isRefused = [...form.refusals.keys()].some((where) => where.startsWith(pathText(path)));
  const key = isRefused ? "refused" : "plain";
  return (
    <ExpandableSection
      key={key}
      headerText={label}
      {...(description !== undefined && { headerDescription: description })}
      defaultExpanded={isRequired || value !== undefined || isRefused}
    >
      <div className="nested">
        {errorText !== undefined && <Box color="text-status-error">{errorText}</Box>}
        <Members {...props} />
      </div>
    </ExpandableSection>
  );
}
