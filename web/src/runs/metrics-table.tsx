import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import type { metricSeriesContract } from "#contracts/platform/metric-series.ts";
import { address } from "../address.ts";
import type { ReplyOf } from "../client.ts";
import { plain, type Run, toNumber } from "../experiments/wire.ts";
import { useUrlState } from "../frame/url-state.ts";
import type { Column } from "../parts/column.ts";
import { DataTable } from "../parts/data-table.tsx";
import { ErrorCard } from "../parts/error-card.tsx";
import { ExactNumber } from "../parts/exact-number.tsx";
import { Moment } from "../parts/moment.tsx";
import { useRead } from "../queries.ts";

type Reply = ReplyOf<typeof metricSeriesContract, "summarizeMetrics">;
type Row = Reply["metrics"][number];
type Which = "last" | "min" | "max" | "atStep";

const valueColumn = (id: Which, header: string): Column<Row> => ({
  id,
  header,
  cell: (row) => <ExactNumber value={row[id]?.value} />,
  sortBy: (row) => (row[id] ? toNumber(row[id].value) : undefined),
});
const atColumn = (id: Which, header: string): Column<Row> => ({
  id: `${id}-step`,
  header,
  cell: (row) => (row[id] ? String(row[id].step) : "-"),
  sortBy: (row) => (row[id] ? plain(row[id].step) : undefined),
});

const columns: readonly Column<Row>[] = [
  { id: "key", header: "Metric", cell: ({ metricKey }) => <span className="name">{metricKey}</span>, sortBy: ({ metricKey }) => metricKey, isName: true },
  valueColumn("last", "Last"),
  atColumn("last", "At step"),
  valueColumn("min", "Lowest"),
  atColumn("min", "At step"),
  valueColumn("max", "Highest"),
  atColumn("max", "At step"),
  { id: "points", header: "Points", cell: ({ points }) => points, sortBy: ({ points }) => points },
  { id: "at", header: "Logged", cell: ({ last }) => <Moment at={plain(last.timestamp)} />, sortBy: ({ last }) => plain(last.timestamp), isTime: true },
];

/** What every metric of a run came to: the last, lowest and highest value, and the one at a step that is asked for. */
export function MetricsTable({ run }: { readonly run: Run }) {
  const [step, setStep] = useUrlState("step");
  const wanted = /^-?\d+$/.test(step) ? step : undefined;
  const isLive = run.info.status === "RUNNING";
  const query = useRead<Reply>(address(["capstan", "v1", "metrics", "summary"], { runId: run.info.run_id, step: wanted }), { every: isLive ? 2500 : false });
  if (query.error && !query.data) return <ErrorCard error={query.error} retry={() => void query.refetch()} />;
  return (
    <DataTable
      name="metrics"
      title="Metrics"
      items={query.data?.metrics}
      rowKey={({ metricKey }) => metricKey}
      empty="No metric was logged."
      actions={
        <FormField label="Value at step">
          <Input type="number" inputMode="numeric" ariaLabel="Value at step" placeholder="any" value={step} onChange={({ detail }) => setStep(detail.value)} />
        </FormField>
      }
      columns={wanted === undefined ? columns : columns.toSpliced(1, 0, valueColumn("atStep", `At step ${wanted}`))}
    />
  );
}
