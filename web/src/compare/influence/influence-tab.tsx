import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMemo } from "react";
import { useUrlState } from "../../frame/url-state.ts";
import { Card } from "../../parts/card.tsx";
import { DataTable } from "../../parts/data-table.tsx";
import { number, percent } from "../../parts/format.ts";
import { NameSelect } from "../name-select.tsx";
import { type ComparedRun, namesOf, type ValueName } from "../values.ts";
import { leastRows } from "./importance.ts";
import { type Influences, influencesOn } from "./influence.ts";
import "./influence.css";

/** A part of one as a bar, from its left edge, or from its middle where a part may be below nothing. */
function Bar({ share, text, from = 0 }: { readonly share: number; readonly text: string; readonly from?: 0 | -1 }) {
  const zero = (-from * 100) / 2;
  const width = `${Math.min(1, Math.abs(share)) * (100 - zero)}%`;
  const side = share < 0 ? { insetInlineEnd: `${zero}%` } : { insetInlineStart: `${zero}%` };
  return (
    <span className="influence-cell" title={String(share)}>
      <span className={from < 0 ? "influence-bar is-centred" : "influence-bar"} aria-hidden="true">
        <span style={{ width, ...side }} className={share < 0 ? "is-below" : ""} />
      </span>
      <span className="number">{text}</span>
    </span>
  );
}

function wordsOf({ runs, explained }: Influences): string {
  const counted = `${runs} runs with a finite value count.`;
  if (explained === undefined) return `${counted} Importance needs at least ${leastRows} of them, a metric that varies, and a param that does.`;
  if (explained <= 0) return `${counted} The params foretell nothing of this metric: read no importance into them.`;
  return `${counted} The params foretell ${percent(explained)} of how the metric varies, for runs that were not looked at.`;
}

/** What the params of the runs have to do with a metric: importance with all that goes together, and rank correlation one by one. */
export function InfluenceTab({ runs }: { readonly runs: readonly ComparedRun[] }) {
  const metrics = useMemo(() => namesOf(runs).filter((name) => name.startsWith("metrics.")), [runs]);
  const [metric, setMetric] = useUrlState("of", metrics[0] ?? "");
  const found = useMemo(() => influencesOn(metric as ValueName, runs), [metric, runs]);
  return (
    <SpaceBetween size="l">
      <Card title="What matters" description={wordsOf(found)}>
        <NameSelect label="Metric" names={metrics} chosen={metric} choose={setMetric} />
      </Card>
      <DataTable
        name="influence"
        title="Params"
        description="Importance: what shuffling a param costs a forest of regression trees (Breiman 2001), as a share of all. Correlation: Spearman's, of ranks."
        items={found.params}
        rowKey={({ name }) => name}
        empty="No param differs between the runs."
        columns={[
          {
            id: "name",
            header: "Param",
            cell: ({ name }) => <span className="named">{name.slice("params.".length)}</span>,
            sortBy: ({ name }) => name,
            isName: true,
          },
          {
            id: "importance",
            header: "Importance",
            cell: ({ importance }) => (importance === undefined ? "-" : <Bar share={importance} text={percent(importance)} />),
            sortBy: ({ importance }) => importance,
            width: 220,
          },
          {
            id: "correlation",
            header: "Correlation",
            cell: ({ correlation }) => (correlation === undefined ? "-" : <Bar from={-1} share={correlation} text={number(correlation)} />),
            sortBy: ({ correlation }) => correlation,
            width: 220,
          },
          { id: "different", header: "Different values", cell: ({ different }) => number(different), sortBy: ({ different }) => different },
          { id: "pairs", header: "Runs correlated", cell: ({ pairs }) => (pairs === 0 ? "-" : number(pairs)), sortBy: ({ pairs }) => pairs },
        ]}
      />
    </SpaceBetween>
  );
}
