import ColumnLayout from "@cloudscape-design/components/column-layout";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { cellOf, type Feature, type Row } from "./example-row.ts";

interface RowFormProps {
  readonly features: readonly Feature[];
  readonly row: Row;
  readonly change: (row: Row) => void;
}

const textOf = (cell: Row[string] | undefined) => (cell === null || cell === undefined ? "" : String(cell));

/** The features of one row, each with its type. */
export function RowForm({ features, row, change }: RowFormProps) {
  return (
    <ColumnLayout columns={3} minColumnWidth={200}>
      {features.map((feature) => (
        <FormField
          key={feature.name}
          label={<span className="name">{feature.name}</span>}
          constraintText={`${feature.datatype}${feature.datatype === "BYTES" ? "" : "; empty is null"}`}
        >
          <Input
            value={textOf(row[feature.name])}
            inputMode={feature.datatype === "BYTES" || feature.datatype === "BOOL" ? "text" : "decimal"}
            onChange={({ detail }) => change({ ...row, [feature.name]: cellOf(detail.value, feature) })}
          />
        </FormField>
      ))}
    </ColumnLayout>
  );
}
