import SpaceBetween from "@cloudscape-design/components/space-between";
import { Card } from "../parts/card.tsx";
import { GraphTable, GraphView } from "../parts/graph/graph-view.tsx";
import { lineageOf } from "./lineage.ts";
import type { VersionFacts } from "./use-version.ts";

/** Where a version came from and where it went, drawn and as rows. */
export function LineageTab({ facts }: { readonly facts: VersionFacts }) {
  if (!facts.version) return null;
  const graph = lineageOf({ ...facts, version: facts.version });
  return (
    <SpaceBetween size="l">
      <Card title="Lineage" description="From data to endpoints. Each box leads to its page, a dataset to the runs of the experiment that read it.">
        <GraphView graph={graph} label="Lineage" />
      </Card>
      <GraphTable graph={graph} title="Lineage as rows" />
    </SpaceBetween>
  );
}
