import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import { address } from "../address.ts";
import { plain } from "../experiments/wire.ts";
import type { Column } from "../parts/column.ts";
import { GoTo } from "../parts/go-to.tsx";
import { Moment } from "../parts/moment.tsx";
import { LatestRun, MetricTrend, RunCount } from "./summary-cells.tsx";
import { type Experiment, noteOf, ownTagsOf, type Summary } from "./wire.ts";

const firstLine = (text: string) => text.trimStart().split("\n", 1)[0] ?? "";

/** An experiment's name with the first line of its description and its tags. */
export const nameColumn: Column<Experiment> = {
  id: "name",
  header: "Experiment",
  isName: true,
  sortBy: ({ name }) => name,
  searchBy: (experiment) => `${experiment.name} ${noteOf(experiment)} ${ownTagsOf(experiment)}`,
  cell: (experiment) => (
    <div>
      <GoTo href={address(["experiments", experiment.experiment_id])}>
        <span className="name">{experiment.name}</span>
      </GoTo>
      <div className="secondary clipped">{firstLine(noteOf(experiment))}</div>
      <div className="secondary clipped">{ownTagsOf(experiment)}</div>
    </div>
  ),
};

interface Actions {
  readonly edit: (experiment: Experiment) => void;
  readonly remove: (experiment: Experiment) => void;
}

/** What is known of an experiment besides; shown when it is chosen. */
export const detailColumns: readonly Column<Experiment>[] = [
  { id: "id", header: "Id", cell: (it) => it.experiment_id, sortBy: (it) => Number(it.experiment_id), isOptional: true },
  { id: "note", header: "Description", cell: (it) => <span className="two-lines">{noteOf(it) || "-"}</span>, sortBy: noteOf, isOptional: true },
  { id: "tags", header: "Tags", cell: (it) => <span className="two-lines">{ownTagsOf(it) || "-"}</span>, sortBy: ownTagsOf, isOptional: true },
  {
    id: "changed",
    header: "Changed",
    cell: (it) => <Moment at={plain(it.last_update_time)} />,
    sortBy: (it) => plain(it.last_update_time),
    isTime: true,
    isOptional: true,
  },
  {
    id: "artifacts",
    header: "Artifacts",
    cell: (it) => <span className="named">{it.artifact_location}</span>,
    sortBy: (it) => it.artifact_location,
    isOptional: true,
  },
];

/** What the list of active experiments shows. What is summed up of runs comes a moment later and cannot be sorted by. */
export const columnsOf = (summaries: ReadonlyMap<string, Summary>, { edit, remove }: Actions): readonly Column<Experiment>[] => [
  nameColumn,
  {
    id: "runs",
    header: "Runs",
    cell: (it) => <RunCount summary={summaries.get(it.experiment_id)} />,
    exportBy: (it) => summaries.get(it.experiment_id)?.runs,
  },
  { id: "latest", header: "Latest run", cell: (it) => <LatestRun summary={summaries.get(it.experiment_id)} /> },
  { id: "metric", header: "Metric by run", cell: (it) => <MetricTrend summary={summaries.get(it.experiment_id)} /> },
  { id: "created", header: "Created", cell: (it) => <Moment at={plain(it.creation_time)} />, sortBy: (it) => plain(it.creation_time), isTime: true },
  ...detailColumns,
  {
    id: "actions",
    header: "Actions",
    cell: (it) => (
      <ButtonDropdown
        variant="inline-icon"
        expandToViewport
        ariaLabel={`Actions for ${it.name}`}
        items={[
          { id: "edit", text: "Edit name and description" },
          { id: "remove", text: "Move to trash" },
        ]}
        onItemClick={({ detail }) => (detail.id === "edit" ? edit(it) : remove(it))}
      />
    ),
  },
];
