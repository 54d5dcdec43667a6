import Box from "@cloudscape-design/components/box";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMemo } from "react";
import { useUrlState } from "../../frame/url-state.ts";
import { Card } from "../../parts/card.tsx";
import { DataTable } from "../../parts/data-table.tsx";
import { Empty } from "../../parts/empty.tsx";
import { ExactNumber } from "../../parts/exact-number.tsx";
import { NameSelect } from "../name-select.tsx";
import { type ComparedRun, differs, namesOf, type ValueName } from "../values.ts";
import { type Box as BoxOf, boxesOf } from "./box.ts";
import { BoxPlot } from "./box-plot.tsx";

/** More boxes are no picture any more; the table has them all. */
const mostBoxes = 30;

/** How a metric is spread in each category of a param, a tag or the environment. */
export function BoxTab({ runs }: { readonly runs: readonly ComparedRun[] }) {
  const names = useMemo(() => namesOf(runs), [runs]);
  const categories = names.filter((name) => !name.startsWith("metrics."));
  const metrics = names.filter((name) => name.startsWith("metrics."));
  const usual = categories.find((name) => name.startsWith("params.") && differs(runs, name)) ?? categories[0] ?? "";
  const [category, setCategory] = useUrlState("bx", usual);
  const [metric, setMetric] = useUrlState("bm", metrics[0] ?? "");
  const boxes = useMemo(() => boxesOf(runs, category as ValueName, metric as ValueName), [runs, category, metric]);
  const without = boxes.reduce((sum, box) => sum + box.without, 0);
  const column = (id: string, header: string, value: (box: BoxOf) => number) => ({
    id,
    header,
    cell: (box: BoxOf) => <ExactNumber value={value(box)} />,
    sortBy: value,
  });
  return (
    <SpaceBetween size="l">
      <Card
        title="Spread"
        description="Boxes from the first to the third quartile with the median; whiskers to the last value within one and a half box lengths."
      >
        <SpaceBetween size="m">
          <ColumnLayout columns={2}>
            <NameSelect label="Metric" names={metrics} chosen={metric} choose={setMetric} />
            <NameSelect label="In each" names={categories} chosen={category} choose={setCategory} />
          </ColumnLayout>
          {boxes.length === 0 ? (
            <Empty text="No run has a number for both." />
          ) : (
            <BoxPlot boxes={boxes.slice(0, mostBoxes)} label={`${metric} in each ${category}`} axis={metric} />
          )}
          {boxes.length > mostBoxes && <Box variant="small">{`Drawn are the first ${mostBoxes} of ${boxes.length} values.`}</Box>}
          {without > 0 && <Box variant="small">{`${without} runs have no finite number and are in no box.`}</Box>}
        </SpaceBetween>
      </Card>
      <DataTable
        name="boxes"
        title="The same as rows"
        items={boxes}
        rowKey={({ name }) => name}
        empty="No box."
        columns={[
          { id: "name", header: category, cell: ({ name }) => <span className="named">{name}</span>, sortBy: ({ name }) => name, isName: true },
          column("count", "Runs", ({ count }) => count),
          column("median", "Median", ({ median }) => median),
          column("lower", "First quartile", ({ lower }) => lower),
          column("upper", "Third quartile", ({ upper }) => upper),
          column("least", "Lower whisker", ({ whiskers }) => whiskers[0]),
          column("most", "Upper whisker", ({ whiskers }) => whiskers[1]),
          column("outliers", "Outliers", ({ outliers }) => outliers.length),
        ]}
      />
    </SpaceBetween>
  );
}
