import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import SpaceBetween from "@cloudscape-design/components/space-between";
import TextFilter from "@cloudscape-design/components/text-filter";
import TokenGroup from "@cloudscape-design/components/token-group";
import { type ReactNode, useMemo } from "react";
import { useUrlState } from "../frame/url-state.ts";
import { InView } from "./in-view.tsx";
import { MetricPanel } from "./metric-panel.tsx";
import { groups, matcher } from "./patterns.ts";
import type { ChartRun } from "./series-reply.ts";
import { useChartSettings } from "./settings.ts";
import { ChartSettingsBar } from "./settings-bar.tsx";

interface MetricPanelsProps {
  readonly runs: readonly ChartRun[];
  /** The keys that these runs logged. */
  readonly metricKeys: readonly string[];
  /** Further settings of the page's own. */
  readonly children?: ReactNode;
}
/** Between patterns in the address: no pattern is typed with a line end. */
const separator = "\n";
const panelHeight = 380;
/** More lines than this cannot be told apart in one chart. */
export const mostLines = 40;

/** A chart for each metric, by the beginning of its name, and one for each pattern that somebody asked for; settings and zoom are common to all. */
export function MetricPanels({ runs, metricKeys, children }: MetricPanelsProps) {
  const [text, setText] = useUrlState("charts");
  const [asked, setAsked] = useUrlState("panels");
  const patterns = asked === "" ? [] : asked.split(separator);
  const found = useMemo(() => metricKeys.filter(matcher(text)), [metricKeys, text]);
  const { drawsEach } = useChartSettings();
  const lines = new Set(runs.map(({ id, group }) => (drawsEach ? id : (group?.name ?? id)))).size;
  const perPattern = Math.max(1, Math.floor(mostLines / Math.max(1, lines)));
  return (
    <SpaceBetween size="l">
      <ChartSettingsBar metricKeys={metricKeys}>{children}</ChartSettingsBar>
      <div className="chart-search">
        <TextFilter
          filteringText={text}
          filteringAriaLabel="Find metrics"
          filteringPlaceholder="Find metrics: text, train/*, or /regex/"
          countText={text === "" ? "" : `${found.length} of ${metricKeys.length} metrics`}
          onChange={({ detail }) => setText(detail.filteringText)}
        />
        <Button disabled={text === "" || found.length === 0 || patterns.includes(text)} onClick={() => setAsked([...patterns, text].join(separator))}>
          Draw in one chart
        </Button>
      </div>
      {patterns.length > 0 && (
        <TokenGroup
          items={patterns.map((label) => ({ label, dismissLabel: `Remove the chart of ${label}` }))}
          onDismiss={({ detail }) => setAsked(patterns.filter((_, index) => index !== detail.itemIndex).join(separator))}
        />
      )}
      {patterns.map((pattern) => (
        <Pattern key={pattern} pattern={pattern} runs={runs} metricKeys={metricKeys} most={perPattern} />
      ))}
      {found.length === 0 && <Box color="text-body-secondary">{metricKeys.length === 0 ? "No metric was logged." : "No metric matches."}</Box>}
      {groups(found).map(({ prefix, keys }) => (
        <ExpandableSection key={prefix} defaultExpanded headerText={prefix === "" ? "Metrics" : prefix} headerCounter={`(${keys.length})`}>
          <div className="chart-grid">
            {keys.map((key) => (
              <One key={key} metricKey={key} runs={runs} />
            ))}
          </div>
        </ExpandableSection>
      ))}
    </SpaceBetween>
  );
}

function One({ metricKey, runs }: { readonly metricKey: string; readonly runs: readonly ChartRun[] }) {
  const keys = useMemo(() => [metricKey], [metricKey]);
  return (
    <InView height={panelHeight} label={`Chart of ${metricKey}`}>
      <MetricPanel title={metricKey} metricKeys={keys} runs={runs} />
    </InView>
  );
}

interface PatternProps extends Omit<MetricPanelsProps, "children"> {
  readonly pattern: string;
  readonly most: number;
}

function Pattern({ pattern, runs, metricKeys, most }: PatternProps) {
  const all = useMemo(() => metricKeys.filter(matcher(pattern)), [metricKeys, pattern]);
  const keys = useMemo(() => all.slice(0, most), [all, most]);
  if (keys.length === 0) return null;
  return (
    <InView height={panelHeight} label={`Chart of ${pattern}`}>
      <SpaceBetween size="xs">
        <MetricPanel title={pattern} metricKeys={keys} runs={runs} />
        {all.length > most && <Box color="text-body-secondary">{`The first ${most} of ${all.length} metrics are drawn.`}</Box>}
      </SpaceBetween>
    </InView>
  );
}
