import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { useState } from "react";
import { navigate } from "wouter/use-browser-location";
import { address } from "../client.ts";
import { setQuery, useUrlState } from "../frame/url-state.ts";
import { Empty } from "../parts/empty.tsx";
import { ErrorCard } from "../parts/error-card.tsx";
import { duration } from "../parts/format.ts";
import { GoTo } from "../parts/go-to.tsx";
import { Moment } from "../parts/moment.tsx";
import { State } from "../parts/state.tsx";
import { useSearchReply } from "../queries.ts";
import { ColumnChooser } from "./column-chooser.tsx";
import { FilterLine } from "./filter-line.tsx";
import { orderBy, runTime, usualColumns, type ValueColumn, valueIn } from "./run-columns.ts";
import { plain, type Run, type RunsReply } from "./wire.ts";

const fixed = [
  {
    id: "run_name",
    header: "Run",
    isRowHeader: true,
    sortingField: "run_name",
    cell: ({ info }: Run) => (
      <GoTo href={address(["runs", info.run_id])}>
        <span className="name">{info.run_name || info.run_id}</span>
      </GoTo>
    ),
  },
  { id: "status", header: "State", sortingField: "status", cell: ({ info }: Run) => <State of={info.status} /> },
  { id: "start_time", header: "Started", sortingField: "start_time", cell: ({ info }: Run) => <Moment at={plain(info.start_time)} /> },
  { id: "took", header: "Took", cell: (run: Run) => duration(runTime(run)) },
];

/** The runs of an experiment as the platform filters, orders and pages them; new ones show as they are logged. */
export function RunsTable({ experimentId }: { readonly experimentId: string }) {
  const [filter] = useUrlState("filter");
  const [order] = useUrlState("order");
  const [from, setFrom] = useUrlState("from");
  const [chosen] = useUrlState("columns");
  const [selected, setSelected] = useState<readonly Run[]>([]);
  const isDescending = order.startsWith("-");
  const sorted = order.replace(/^-/, "");
  const body = {
    experiment_ids: [experimentId],
    max_results: 50,
    filter,
    order_by: order === "" ? [] : [orderBy(sorted, isDescending)],
    ...(from !== "" && { page_token: from }),
  };
  const { data, error, refetch } = useSearchReply<RunsReply>("/api/2.0/mlflow/runs/search", body, { every: 2500 });
  const runs = data?.runs ?? [];
  const columns = chosen === "" ? usualColumns(runs) : (chosen.split(",") as ValueColumn[]);
  const definitions = [
    ...fixed,
    ...columns.map((id) => ({
      id,
      header: id.slice(id.indexOf(".") + 1),
      sortingField: id,
      cell: (run: Run) => <span className="number">{valueIn(run, id) ?? "-"}</span>,
    })),
  ];
  const compare = () => navigate(address(["compare"], { runs: selected.map(({ info }) => info.run_id).join(",") }));
  return (
    <SpaceBetween size="m">
      {error && <ErrorCard error={error} retry={() => void refetch()} />}
      <Table
        items={runs}
        trackBy={({ info }) => info.run_id}
        loading={!data && !error}
        loadingText="Reading"
        empty={
          filter === "" ? <Empty text="No run yet. Log one:" command={`export MLFLOW_TRACKING_URI=${window.location.origin}`} /> : "No run matches the filter."
        }
        columnDefinitions={definitions}
        stickyColumns={{ first: 1 }}
        selectionType="multi"
        selectedItems={[...selected]}
        onSelectionChange={({ detail }) => setSelected(detail.selectedItems)}
        onSortingChange={({ detail }) => setQuery({ order: `${detail.isDescending ? "-" : ""}${detail.sortingColumn.sortingField ?? ""}`, from: "" })}
        {...(sorted !== "" && { sortingColumn: { sortingField: sorted }, sortingDescending: isDescending })}
        ariaLabels={{
          tableLabel: "Runs",
          selectionGroupLabel: "Choose runs",
          allItemsSelectionLabel: () => "Choose all runs",
          itemSelectionLabel: (_state, { info }) => `Choose ${info.run_name || info.run_id}`,
        }}
        header={
          <Header
            counter={`(${runs.length}${data?.next_page_token === undefined ? "" : "+"})`}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <ColumnChooser runs={runs} chosen={columns} />
                <Button disabled={selected.length < 2} onClick={compare}>
                  Compare
                </Button>
              </SpaceBetween>
            }
          >
            Runs
          </Header>
        }
        filter={<FilterLine />}
        footer={
          <SpaceBetween direction="horizontal" size="xs">
            <Button disabled={from === ""} onClick={() => setFrom("")}>
              First page
            </Button>
            <Button disabled={data?.next_page_token === undefined} onClick={() => setFrom(data?.next_page_token ?? "")}>
              Next page
            </Button>
          </SpaceBetween>
        }
      />
    </SpaceBetween>
  );
}
