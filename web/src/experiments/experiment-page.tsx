import { mlflow } from "../client.ts";
import { Page } from "../frame/page.tsx";
import { useSegments } from "../frame/segments.ts";
import { Loaded } from "../parts/loaded.tsx";
import { useRead } from "../queries.ts";
import { RunsTable } from "./runs-table.tsx";
import type { ExperimentReply } from "./wire.ts";

/** The runs of one experiment. */
export function ExperimentPage() {
  const [, id = ""] = useSegments();
  const query = useRead<ExperimentReply>(mlflow("experiments/get", { experiment_id: id }), { every: 30_000 });
  return (
    <Page title={query.data?.experiment.name ?? `Experiment ${id}`}>
      <Loaded query={query}>{({ experiment }) => <RunsTable experimentId={experiment.experiment_id} />}</Loaded>
    </Page>
  );
}
