import SpaceBetween from "@cloudscape-design/components/space-between";
import { mlflow } from "../address.ts";
import type { Run } from "../experiments/wire.ts";
import { NoteCard } from "../parts/note-card.tsx";
import { RunChildren } from "./run-children.tsx";
import { RunDatasets } from "./run-datasets.tsx";
import { RunFacts } from "./run-facts.tsx";
import { RunModels } from "./run-models.tsx";
import { tagOf } from "./wire.ts";

/** MLflow's key of a run's notes. */
const noteKey = "mlflow.note.content";

/** What a run is, what somebody noted of it, the data it read, the runs and models it made. */
export function RunOverview({ run }: { readonly run: Run }) {
  return (
    <SpaceBetween size="l">
      <RunFacts run={run} />
      <NoteCard
        title="Notes"
        text={tagOf(run, noteKey) ?? ""}
        empty="Nothing is noted of this run."
        hint="Markdown, as MLflow keeps it too."
        saving={(value) => ({ path: mlflow("runs/set-tag", {}), body: { run_id: run.info.run_id, key: noteKey, value } })}
      />
      <RunModels run={run} />
      <RunDatasets run={run} />
      <RunChildren run={run} />
    </SpaceBetween>
  );
}
