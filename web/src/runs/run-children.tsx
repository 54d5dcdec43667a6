import { address, mlflow } from "../address.ts";
import { runTime } from "../experiments/run-time.ts";
import { plain, type Run, type RunsReply } from "../experiments/wire.ts";
import { DataTable } from "../parts/data-table.tsx";
import { duration } from "../parts/format.ts";
import { GoTo } from "../parts/go-to.tsx";
import { Moment } from "../parts/moment.tsx";
import { State } from "../parts/state.tsx";
import { useSearchReply } from "../queries.ts";

/** The runs that were started within a run; nothing where there is none. */
export function RunChildren({ run: { info } }: { readonly run: Run }) {
  const query = useSearchReply<RunsReply>(
    mlflow("runs/search", {}),
    { experiment_ids: [info.experiment_id], filter: `tags.\`mlflow.parentRunId\` = '${info.run_id}'`, max_results: 1000 },
    { every: info.status === "RUNNING" ? 5000 : false },
  );
  const runs = query.data?.runs;
  if (!runs) return null;
  return (
    <DataTable
      name="children"
      title="Child runs"
      items={runs}
      rowKey={(run) => run.info.run_id}
      empty="None was started within this run."
      columns={[
        {
          id: "name",
          header: "Run",
          cell: (run) => <GoTo href={address(["runs", run.info.run_id])}>{run.info.run_name || run.info.run_id}</GoTo>,
          sortBy: (run) => run.info.run_name,
          isName: true,
        },
        { id: "state", header: "State", cell: (run) => <State of={run.info.status} />, sortBy: (run) => run.info.status },
        { id: "started", header: "Started", cell: (run) => <Moment at={plain(run.info.start_time)} />, sortBy: (run) => plain(run.info.start_time) },
        { id: "took", header: "Took", cell: (run) => duration(runTime(run)), sortBy: runTime },
      ]}
    />
  );
}
