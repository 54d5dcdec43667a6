import Multiselect from "@cloudscape-design/components/multiselect";
import { setQuery } from "../frame/url-state.ts";
import { type ValueColumn, valueColumns } from "./run-columns.ts";
import type { Run } from "./wire.ts";

const option = (value: ValueColumn) => ({ value, label: value });

/** Which logged values have a column; the address holds the choice. */
export function ColumnChooser({ runs, chosen }: { readonly runs: readonly Run[]; readonly chosen: readonly ValueColumn[] }) {
  const all = [...new Set([...valueColumns(runs), ...chosen])];
  return (
    <Multiselect
      ariaLabel="Columns"
      placeholder={`Columns: ${chosen.length} of ${all.length}`}
      filteringType="auto"
      hideTokens
      options={all.map(option)}
      selectedOptions={chosen.map(option)}
      onChange={({ detail }) => setQuery({ columns: detail.selectedOptions.map(({ value }) => value).join(",") })}
    />
  );
}
