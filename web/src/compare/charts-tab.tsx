import Alert from "@cloudscape-design/components/alert";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMemo } from "react";
import { MetricPanels, mostLines } from "../charts/metric-panels.tsx";
import { useChartSettings } from "../charts/settings.ts";
import { useUrlState } from "../frame/url-state.ts";
import { groupsBy } from "./grouping.ts";
import { GroupingSelect } from "./grouping-select.tsx";
import { type ComparedRun, namesOf, type ValueName } from "./values.ts";

/** Of so many runs a chart is read in a few requests. */
const mostRuns = 500;

/** The runs that are drawn: of lines that would be too many, the first. */
function drawnRuns(runs: readonly ComparedRun[], by: readonly ValueName[], drawsEach: boolean) {
  const groups = groupsBy(runs, by);
  const isJoined = by.length > 0 && !drawsEach;
  const fits = ({ id }: ComparedRun) => !isJoined || (groups.get(id)?.colour ?? 0) < mostLines;
  return runs
    .filter(fits)
    .slice(0, isJoined ? mostRuns : mostLines)
    .map(({ id, name, status }, colour) => {
      const group = groups.get(id);
      return { id, name, isLive: status === "RUNNING", colour, ...(group && { group }) };
    });
}

/** The metrics of the runs over each other, one by one or by group; of very many, the first. */
export function ChartsTab({ runs }: { readonly runs: readonly ComparedRun[] }) {
  const { drawsEach } = useChartSettings();
  const [byText, setBy] = useUrlState("by");
  const names = useMemo(() => namesOf(runs), [runs]);
  const groupable = useMemo(() => names.filter((name) => !name.startsWith("metrics.")), [names]);
  const by = useMemo(() => byText.split(",").filter((name): name is ValueName => groupable.includes(name as ValueName)), [groupable, byText]);
  const drawn = useMemo(() => drawnRuns(runs, by, drawsEach), [runs, by, drawsEach]);
  const keys = useMemo(() => names.flatMap((name) => (name.startsWith("metrics.") ? [name.slice("metrics.".length)] : [])), [names]);
  return (
    <SpaceBetween size="l">
      {drawn.length < runs.length && (
        <Alert type="info">
          {`Drawn are the first ${drawn.length} of ${runs.length} runs. ${by.length === 0 ? "Group runs to draw more of them, or take" : "Take"} runs out under Runs to see others.`}
        </Alert>
      )}
      <MetricPanels runs={drawn} metricKeys={keys}>
        <GroupingSelect names={groupable} chosen={by} choose={(next) => setBy(next.join(","))} />
      </MetricPanels>
    </SpaceBetween>
  );
}
