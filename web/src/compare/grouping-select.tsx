import FormField from "@cloudscape-design/components/form-field";
import Multiselect from "@cloudscape-design/components/multiselect";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import { setChartSettings, useChartSettings } from "../charts/settings.ts";
import type { ValueName } from "./values.ts";

interface GroupingSelectProps {
  readonly names: readonly ValueName[];
  readonly chosen: readonly ValueName[];
  readonly choose: (names: readonly string[]) => void;
}
/** As many as the table of runs groups by. */
const mostNames = 3;

/** Chooses what runs are grouped by, and whether a group is one line or a line for each run. */
export function GroupingSelect({ names, chosen, choose }: GroupingSelectProps) {
  const { drawsEach } = useChartSettings();
  const options = names.map((name) => ({ value: name as string, label: name as string, disabled: chosen.length >= mostNames && !chosen.includes(name) }));
  return (
    <div className="chart-grouping">
      <FormField label="Group runs by">
        <Multiselect
          filteringType={options.length > 8 ? "auto" : "none"}
          selectedOptions={options.filter(({ value }) => chosen.includes(value as ValueName))}
          options={options}
          placeholder={chosen.length === 0 ? "Nothing" : chosen.join(", ")}
          hideTokens
          empty="The runs have no param, tag or environment."
          onChange={({ detail }) => {
            const next = detail.selectedOptions.flatMap(({ value }) => value ?? []);
            choose([...chosen.filter((name) => next.includes(name)), ...next.filter((name) => !chosen.includes(name as ValueName))]);
          }}
        />
      </FormField>
      {chosen.length > 0 && (
        <SegmentedControl
          label="A group is drawn as"
          selectedId={drawsEach ? "each" : "mean"}
          options={[
            { id: "mean", text: "Mean and range" },
            { id: "each", text: "All runs" },
          ]}
          onChange={({ detail }) => setChartSettings({ drawsEach: detail.selectedId === "each" })}
        />
      )}
    </div>
  );
}
