import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useUrlState } from "../frame/url-state.ts";
import { DataTable } from "../parts/data-table.tsx";
import { number } from "../parts/format.ts";
import { Moment } from "../parts/moment.tsx";
import { MetricChart } from "./metric-chart.tsx";
import { plain, type Run, toNumber } from "./wire.ts";

/** The latest value of each metric; the chart of one is drawn when it is asked for. */
export function RunMetrics({ run }: { readonly run: Run }) {
  const [metric, setMetric] = useUrlState("metric");
  const runs = [{ id: run.info.run_id, name: run.info.run_name || run.info.run_id }];
  return (
    <SpaceBetween size="l">
      {metric !== "" && <MetricChart metric={metric} runs={runs} isLive={run.info.status === "RUNNING"} />}
      <DataTable
        name="metrics"
        title="Metrics"
        items={run.data.metrics ?? []}
        rowKey={({ key }) => key}
        empty="None was logged."
        columns={[
          { id: "key", header: "Metric", cell: ({ key }) => <span className="name">{key}</span>, sortBy: ({ key }) => key, isName: true },
          {
            id: "value",
            header: "Latest",
            cell: ({ value }) => (
              <span className="number" title={String(value)}>
                {number(value)}
              </span>
            ),
            sortBy: ({ value }) => toNumber(value),
          },
          { id: "step", header: "Step", cell: ({ step }) => String(step), sortBy: ({ step }) => plain(step) },
          { id: "at", header: "Logged", cell: ({ timestamp }) => <Moment at={plain(timestamp)} />, sortBy: ({ timestamp }) => plain(timestamp) },
          {
            id: "chart",
            header: "Chart",
            cell: ({ key }) => (
              <Button variant="inline-link" ariaLabel={`Chart of ${key}`} onClick={() => setMetric(key === metric ? "" : key)}>
                {key === metric ? "Hide" : "Show"}
              </Button>
            ),
          },
        ]}
      />
    </SpaceBetween>
  );
}
