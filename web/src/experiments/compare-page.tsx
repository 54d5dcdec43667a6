import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQueries } from "@tanstack/react-query";
import { mlflow, read } from "../client.ts";
import { Page } from "../frame/page.tsx";
import { useUrlState } from "../frame/url-state.ts";
import { Card } from "../parts/card.tsx";
import { DifferenceTable } from "./difference-table.tsx";
import { MetricChart } from "./metric-chart.tsx";
import { valueColumns } from "./run-columns.ts";
import type { RunReply } from "./wire.ts";

/** Some runs side by side: one metric in one chart, and every value in which they differ. */
export function ComparePage() {
  const [ids] = useUrlState("runs");
  const [metric, setMetric] = useUrlState("metric");
  const found = useQueries({
    queries: ids
      .split(",")
      .filter((id) => id !== "")
      .map((id) => {
        const path = mlflow("runs/get", { run_id: id });
        return { queryKey: [path], queryFn: ({ signal }: { signal: AbortSignal }) => read<RunReply>(path, signal), refetchInterval: 5000 };
      }),
  });
  const runs = found.flatMap(({ data }) => (data ? [data.run] : []));
  const metrics = valueColumns(runs).flatMap((column) => (column.startsWith("metrics.") ? [column.slice("metrics.".length)] : []));
  const shown = metric === "" ? metrics[0] : metric;
  const option = (value: string) => ({ value, label: value });
  return (
    <Page title={`Comparison of ${runs.length} runs`}>
      <SpaceBetween size="l">
        {shown !== undefined && (
          <Card title="Metric">
            <Select
              ariaLabel="Metric"
              filteringType="auto"
              selectedOption={option(shown)}
              options={metrics.map(option)}
              onChange={({ detail }) => setMetric(detail.selectedOption.value ?? "")}
            />
          </Card>
        )}
        {shown !== undefined && runs.length > 0 && (
          <MetricChart
            metric={shown}
            runs={runs.map(({ info }) => ({ id: info.run_id, name: info.run_name || info.run_id }))}
            isLive={runs.some(({ info }) => info.status === "RUNNING")}
          />
        )}
        <DifferenceTable runs={runs} />
      </SpaceBetween>
    </Page>
  );
}
