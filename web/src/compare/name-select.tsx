import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import type { ValueName } from "./values.ts";

/** What stands in the address where no name is chosen. */
export const noName = "none";

interface NameSelectProps {
  readonly label: string;
  readonly names: readonly ValueName[];
  readonly chosen: string;
  readonly choose: (name: string) => void;
  /** What choosing nothing is called, where that can be. */
  readonly none?: string;
}

/** Chooses one of the names that runs have values for. */
export function NameSelect({ label, names, chosen, choose, none }: NameSelectProps) {
  const options = [...(none === undefined ? [] : [{ value: noName, label: none }]), ...names.map((name) => ({ value: name as string, label: name as string }))];
  return (
    <FormField label={label}>
      <Select
        filteringType={options.length > 8 ? "auto" : "none"}
        selectedOption={options.find(({ value }) => value === chosen) ?? null}
        options={options}
        onChange={({ detail }) => choose(detail.selectedOption.value ?? noName)}
      />
    </FormField>
  );
}
