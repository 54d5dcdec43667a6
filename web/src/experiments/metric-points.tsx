import { DataTable } from "../parts/data-table.tsx";
import { number } from "../parts/format.ts";
import { type HistoryReply, plain, toNumber } from "./wire.ts";

interface MetricPointsProps {
  readonly points: NonNullable<HistoryReply["metrics"]>;
  readonly runs: readonly { readonly id: string; readonly name: string }[];
}

/** The points of a chart as rows, for who cannot see it. */
export function MetricPoints({ points, runs }: MetricPointsProps) {
  const names = new Map(runs.map(({ id, name }) => [id, name]));
  return (
    <DataTable
      name="points"
      title="Points"
      filtering={false}
      items={points}
      rowKey={({ run_id, step, timestamp, value }) => `${run_id} ${step} ${timestamp} ${value}`}
      empty="No point."
      columns={[
        { id: "step", header: "Step", cell: ({ step }) => String(step), sortBy: ({ step }) => plain(step), isName: true },
        { id: "run", header: "Run", cell: ({ run_id }) => <span className="name">{names.get(run_id) ?? run_id}</span> },
        { id: "value", header: "Value", cell: ({ value }) => number(value), sortBy: ({ value }) => toNumber(value) },
      ]}
    />
  );
}
