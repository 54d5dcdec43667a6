import type { ReactNode } from "react";
import { AlternativesField } from "./alternatives-field.tsx";
import type { FieldProps } from "./field-props.ts";
import { JsonField } from "./json-field.tsx";
import { LinesField } from "./lines-field.tsx";
import { ListField } from "./list-field.tsx";
import { ObjectField } from "./object-field.tsx";
import { PlainField } from "./plain-field.tsx";
import { type Kind, kindOf, resolved } from "./schema.ts";

const fields: Readonly<Record<Kind, (props: FieldProps) => ReactNode>> = {
  text: PlainField,
  number: PlainField,
  switch: PlainField,
  choice: PlainField,
  fixed: () => null,
  object: ObjectField,
  lines: LinesField,
  list: ListField,
  alternatives: AlternativesField,
  json: JsonField,
};

/** The control that suits a schema, with everything below it. */
export function Field(props: FieldProps) {
  const schema = resolved(props.schema, props.form.root);
  const Control = fields[kindOf(schema, props.form.root)];
  return <Control {...props} schema={schema} />;
}
