import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { FieldProps } from "./field-props.ts";
import { fieldWords } from "./field-words.ts";
import { Members } from "./object-field.tsx";
import { alternativeOf, alternativesOf, constantsOf, type Schema, startOf } from "./schema.ts";

const nameOf = (schema: Schema, index: number) =>
  Object.values(constantsOf(schema)).map(String).join(" ") || (schema.required ?? []).join(", ") || `${index + 1}`;

/** One of several kinds of object, and the fields of the one that is chosen. */
export function AlternativesField(props: FieldProps) {
  const { form, path, schema, value } = props;
  const alternatives = alternativesOf(schema, form.root);
  const index = alternativeOf(alternatives, value ?? schema.default);
  const chosen = alternatives[index];
  const options = alternatives.map((one, place) => ({
    label: nameOf(one, place),
    value: String(place),
    ...(one.description && { description: one.description }),
  }));
  return (
    <SpaceBetween size="m">
      <FormField {...fieldWords(props)}>
        <Select
          selectedOption={options[index] ?? null}
          options={options}
          onChange={({ detail }) => form.set(path, startOf(alternatives[Number(detail.selectedOption.value)] ?? {}, form.root))}
        />
      </FormField>
      {chosen && Object.keys(chosen.properties ?? {}).length > Object.keys(constantsOf(chosen)).length && (
        <div className="nested">
          <Members form={form} schema={chosen} path={path} value={value} />
        </div>
      )}
    </SpaceBetween>
  );
}
