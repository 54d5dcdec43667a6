import ColumnLayout from "@cloudscape-design/components/column-layout";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import { cellOf, type Feature, type Row } from "../example-row.ts";

interface RowFormProps {
  readonly features: readonly Feature[];
  readonly row: Row;
  readonly change: (row: Row) => void;
}

const textOf = (cell: Row[string] | undefined) => (cell === null || cell === undefined ? "" : String(cell));
const truths = [
  { value: "true", label: "true" },
  { value: "false", label: "false" },
  { value: "", label: "null" },
];

function Control({ feature, text, set }: { readonly feature: Feature; readonly text: string; readonly set: (text: string) => void }) {
  if (feature.datatype === "BOOL") {
    const selected = truths.find(({ value }) => value === text) ?? null;
    return <Select selectedOption={selected} options={truths} onChange={({ detail }) => set(detail.selectedOption.value ?? "")} />;
  }
  return <Input value={text} inputMode={feature.datatype === "BYTES" ? "text" : "decimal"} onChange={({ detail }) => set(detail.value)} />;
}

/** The features of one row, each with its type. */
export function RowForm({ features, row, change }: RowFormProps) {
  return (
    <ColumnLayout columns={3} minColumnWidth={200}>
      {features.map((feature) => {
        const cell = row[feature.name];
        const isWrong = feature.datatype !== "BYTES" && typeof cell === "string";
        return (
          <FormField
            key={feature.name}
            label={<span className="name">{feature.name}</span>}
            constraintText={`${feature.datatype}${feature.datatype === "BYTES" ? "" : "; empty is null"}`}
            warningText={isWrong ? `No ${feature.datatype} that can be sent exactly: it goes as text.` : undefined}
          >
            <Control feature={feature} text={textOf(cell)} set={(text) => change({ ...row, [feature.name]: cellOf(text, feature) })} />
          </FormField>
        );
      })}
    </ColumnLayout>
  );
}
