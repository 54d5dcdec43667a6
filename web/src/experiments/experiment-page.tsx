import { useEffect, useRef } from "react";
import { mlflow } from "../address.ts";
import { Page } from "../frame/page.tsx";
import { useSegments } from "../frame/segments.ts";
import { setQuery } from "../frame/url-state.ts";
import { Loaded } from "../parts/loaded.tsx";
import { useRead } from "../queries.ts";
import { RunsTable } from "./runs-table/runs-table.tsx";
import { defaultView } from "./runs-table/saved-views.ts";
import type { ExperimentReply } from "./wire.ts";

/** Shows the view that opens first, where the address asks for none; once for each experiment: who clears it afterwards means to. */
function useDefaultView(experiment: ExperimentReply["experiment"] | undefined): void {
  const opened = useRef("");
  useEffect(() => {
    if (!experiment || opened.current === experiment.experiment_id) return;
    opened.current = experiment.experiment_id;
    const view = window.location.search === "" ? defaultView(experiment.tags ?? []) : undefined;
    if (view) setQuery({ ...Object.fromEntries(new URLSearchParams(view.query)), saved: view.id });
  }, [experiment]);
}

/** The runs of one experiment. */
export function ExperimentPage() {
  const [, id = ""] = useSegments();
  const query = useRead<ExperimentReply>(mlflow("experiments/get", { experiment_id: id }), { every: 10_000 });
  useDefaultView(query.data?.experiment);
  return (
    <Page title={query.data?.experiment.name ?? `Experiment ${id}`}>
      <Loaded query={query}>{({ experiment }) => <RunsTable key={experiment.experiment_id} experiment={experiment} />}</Loaded>
    </Page>
  );
}
