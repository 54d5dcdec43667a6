import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ApprovalRequest } from "#contracts/platform/pipelines.ts";
import { Card } from "../parts/card.tsx";
import { DataTable } from "../parts/data-table.tsx";
import { Facts } from "../parts/facts.tsx";
import { number } from "../parts/format.ts";
import { EvidenceFact } from "./evidence-fact.tsx";

const metricsOf = (value: unknown): ReadonlyMap<string, number> =>
  new Map(typeof value === "object" && value !== null ? Object.entries(value).filter((entry): entry is [string, number] => typeof entry[1] === "number") : []);

/** What a decision rests on: the candidate beside the champion, and everything else that the pipeline gathered. */
export function Evidence({ evidence }: Pick<ApprovalRequest, "evidence">) {
  const { candidate, champion, comparison, ...others } = evidence;
  const [ours, theirs] = [metricsOf(candidate), metricsOf(champion)];
  const difference = (name: string) => (ours.get(name) ?? Number.NaN) - (theirs.get(name) ?? Number.NaN);
  return (
    <SpaceBetween size="l">
      <DataTable
        name="evidence"
        title="Candidate and champion"
        description={typeof comparison === "string" ? comparison : undefined}
        filtering={false}
        items={[...new Set([...ours.keys(), ...theirs.keys()])]}
        rowKey={(name) => name}
        empty="The pipeline gathered no metrics."
        columns={[
          { id: "metric", header: "Metric", cell: (name) => name, isName: true },
          { id: "candidate", header: "Candidate", cell: (name) => <span title={String(ours.get(name))}>{number(ours.get(name))}</span> },
          { id: "champion", header: "Champion", cell: (name) => <span title={String(theirs.get(name))}>{number(theirs.get(name))}</span> },
          { id: "difference", header: "Difference", cell: (name) => (Number.isNaN(difference(name)) ? "-" : number(difference(name))) },
        ]}
      />
      <Card title="Evidence">
        {Object.keys(others).length === 0 ? (
          <Box>Nothing more.</Box>
        ) : (
          <Facts facts={Object.entries(others).map(([name, value]) => [name, <EvidenceFact key={name} name={name} value={value} />])} />
        )}
      </Card>
    </SpaceBetween>
  );
}
