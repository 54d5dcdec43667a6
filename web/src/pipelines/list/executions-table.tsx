import type { pipelineContract } from "#contracts/platform/pipelines.ts";
import { address } from "../../address.ts";
import type { ReplyOf } from "../../client.ts";
import { useUrlState } from "../../frame/url-state.ts";
import { DataTable } from "../../parts/data-table.tsx";
import { Empty } from "../../parts/empty.tsx";
import { duration } from "../../parts/format.ts";
import { GoTo } from "../../parts/go-to.tsx";
import { Moment } from "../../parts/moment.tsx";
import { State } from "../../parts/state.tsx";
import { useRead } from "../../queries.ts";
import { askedOf, type ExecutionFilter } from "./execution-filter.ts";
import { ExecutionsFilterBar } from "./executions-filter-bar.tsx";

/** What the address asks for. */
function useFilter(): ExecutionFilter {
  const [[pipeline], [status], [by], [model], [since]] = [
    useUrlState("pipeline"),
    useUrlState("status"),
    useUrlState("by"),
    useUrlState("model"),
    useUrlState("since"),
  ];
  return Object.fromEntries(Object.entries({ pipeline, status, by, model, since }).filter(([, value]) => value !== ""));
}

/** The latest 200 executions that the filter asks for, of all that there are, the newest first. */
export function ExecutionsTable() {
  const filter = useFilter();
  const asked = askedOf(filter, Date.now());
  const isFiltered = Object.keys(filter).length > 0;
  const path = address(["capstan", "v1", "executions"], { ...asked, limit: 200 });
  const query = useRead<ReplyOf<typeof pipelineContract, "listExecutions">>(path, { every: 3000, enabled: asked !== undefined });
  const executions = asked === undefined ? [] : query.data?.executions;
  const nothing = asked === undefined ? "The filter asks for a state or time that does not exist." : "No execution matches the filter.";
  return (
    <DataTable
      name="executions"
      filter={<ExecutionsFilterBar filter={filter} seen={query.data?.executions ?? []} />}
      title="Executions"
      description={query.data?.nextPageToken === undefined ? undefined : "The newest that were found; there may be more, behind these."}
      items={executions}
      query={query}
      rowKey={({ name }) => name}
      empty={isFiltered ? nothing : <Empty text="No pipeline has run yet. The demo runs three:" command="npm run demo" />}
      columns={[
        {
          id: "name",
          header: "Execution",
          cell: ({ name }) => <GoTo href={address(["pipelines", "executions", name])}>{name}</GoTo>,
          sortBy: ({ name }) => name,
          isName: true,
        },
        { id: "pipeline", header: "Pipeline", width: 108, cell: ({ pipeline }) => pipeline, sortBy: ({ pipeline }) => pipeline },
        { id: "status", header: "State", cell: (it) => <State of={it.status} />, sortBy: (it) => it.status },
        {
          id: "version",
          header: "Model",
          cell: ({ registeredModel = "-", modelVersion }) => (modelVersion === undefined ? registeredModel : `${registeredModel} version ${modelVersion}`),
          sortBy: ({ registeredModel = "", modelVersion = "" }) => `${registeredModel} ${modelVersion.padStart(8)}`,
        },
        { id: "started", header: "Started", cell: ({ startedAt }) => <Moment at={startedAt} />, sortBy: ({ startedAt }) => startedAt },
        {
          id: "took",
          header: "Took",
          width: 88,
          cell: ({ startedAt, endedAt }) => duration((endedAt ?? Date.now()) - startedAt),
          sortBy: ({ startedAt, endedAt }) => (endedAt ?? Date.now()) - startedAt,
        },
        { id: "trigger", header: "Trigger", cell: ({ trigger, startedBy }) => `${trigger} (${startedBy})`, sortBy: ({ trigger }) => trigger },
        { id: "outcome", header: "Outcome", cell: ({ outcome }) => <span className="name">{outcome ?? "-"}</span>, sortBy: ({ outcome }) => outcome },
      ]}
    />
  );
}
