import Alert from "@cloudscape-design/components/alert";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMemo } from "react";
import { MetricPanels } from "../charts/metric-panels.tsx";
import { type ComparedRun, namesOf } from "./values.ts";

/** More lines than this cannot be told apart in one chart. */
const mostLines = 40;

/** The metrics of the runs over each other; of very many runs, the first. */
export function ChartsTab({ runs }: { readonly runs: readonly ComparedRun[] }) {
  const drawn = useMemo(() => runs.slice(0, mostLines).map(({ id, name, status }, colour) => ({ id, name, isLive: status === "RUNNING", colour })), [runs]);
  const keys = useMemo(() => namesOf(runs).flatMap((name) => (name.startsWith("metrics.") ? [name.slice("metrics.".length)] : [])), [runs]);
  return (
    <SpaceBetween size="l">
      {runs.length > mostLines && (
        <Alert type="info">
          Drawn are the first {mostLines} of {runs.length} runs. Take runs out under Runs to see others.
        </Alert>
      )}
      <MetricPanels runs={drawn} metricKeys={keys} />
    </SpaceBetween>
  );
}
