import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useUrlState } from "../frame/url-state.ts";
import { Card } from "../parts/card.tsx";
import { Empty } from "../parts/empty.tsx";
import { Facts } from "../parts/facts.tsx";
import { number, percent } from "../parts/format.ts";
import { State } from "../parts/state.tsx";
import { DistributionOverlay } from "./distribution-overlay.tsx";
import type { ColumnReply } from "./wire.ts";

/** One column of a report, the worst unless another is chosen: its two distributions over each other, and what the test said. */
export function ColumnDetail({ columns }: { readonly columns: readonly ColumnReply[] }) {
  const [chosen, choose] = useUrlState("column", columns[0]?.name ?? "");
  const it = columns.find(({ name }) => name === chosen);
  const options = columns.map(({ name, severity }) => ({ value: name, label: name, labelTag: severity === "none" ? "" : severity }));
  return (
    <Card title="Distribution">
      <SpaceBetween size="m">
        <FormField label="Column">
          <Select
            filteringType="auto"
            selectedOption={options.find(({ value }) => value === chosen) ?? null}
            options={options}
            onChange={({ detail }) => choose(detail.selectedOption.value ?? "")}
          />
        </FormField>
        {it ? (
          <SpaceBetween size="m">
            <Facts
              facts={[
                ["Severity", <State key="severity" of={it.severity} />],
                ["State", it.reason === undefined ? it.status : `${it.status}: ${it.reason}`],
                ["Distance", it.test && number(it.test.distance)],
                ["Adjusted p", it.test && number(it.test.adjustedP)],
                ["PSI", it.test && number(it.test.psi)],
                ["Mean", it.summary && `${number(it.summary.referenceMean)} to ${number(it.summary.currentMean)}`],
                ["Missing", it.reference && it.current && `${percent(it.reference.missingShare)} to ${percent(it.current.missingShare)}`],
              ]}
            />
            {it.histogram ? (
              <DistributionOverlay name={it.name} histogram={it.histogram} />
            ) : (
              <Empty text="There is no distribution to draw: the column was not judged." />
            )}
          </SpaceBetween>
        ) : (
          <Empty text="The report has no such column." />
        )}
      </SpaceBetween>
    </Card>
  );
}
