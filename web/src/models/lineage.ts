import { address } from "../address.ts";
import type { Run } from "../experiments/wire.ts";
import { percent } from "../parts/format.ts";
import type { Graph, GraphEdge, GraphNode } from "../parts/graph/layout.ts";
import { quoted, versionPage } from "./names.ts";
import { dataOf } from "./trained-on.ts";
import type { Endpoint, Version } from "./wire.ts";

export interface Known {
  readonly version: Pick<Version, "name" | "version" | "run_id" | "aliases">;
  readonly run: Pick<Run, "info" | "inputs"> | undefined;
  readonly execution: string | undefined;
  /** `view:feature` */
  readonly featureReferences: readonly string[];
  readonly endpoints: readonly Pick<Endpoint, "name" | "variants">[];
}

/** What led to a version and where it went: data and feature views, run, version, endpoints. */
export function lineageOf({ version, run, execution, featureReferences, endpoints }: Known): Graph {
  const nodes: GraphNode[] = [];
  const edges: GraphEdge[] = [];
  const add = (node: GraphNode, ...between: readonly GraphEdge[]) => {
    if (!nodes.some(({ id }) => id === node.id)) nodes.push(node);
    edges.push(...between);
  };
  const versionId = `version ${version.version}`;
  const runId = `run ${version.run_id ?? ""}`;
  if (run) {
    for (const { name, digest, context } of dataOf(run)) {
      const id = `data ${name} ${digest}`;
      add(
        {
          id,
          kind: "Dataset",
          title: name,
          detail: `version ${digest.slice(0, 12)}${context === undefined ? "" : `, ${context}`}`,
          href: address(["experiments", run.info.experiment_id], { filter: `datasets.name = ${quoted(name)} AND datasets.digest = ${quoted(digest)}` }),
        },
        { from: id, to: runId },
      );
    }
    for (const [view, features] of Map.groupBy(featureReferences, (reference) => reference.split(":")[0] ?? reference)) {
      const id = `view ${view}`;
      add({ id, kind: "Feature view", title: view, detail: `${features.length} features`, href: address(["features", view]) }, { from: id, to: runId });
    }
    if (execution !== undefined) {
      const id = `execution ${execution}`;
      add({ id, kind: "Pipeline execution", title: execution, href: address(["pipelines", "executions", execution]) }, { from: id, to: runId });
    }
    const { run_id, run_name } = run.info;
    add({ id: runId, kind: "Run", title: run_name || run_id, detail: `id ${run_id}`, href: address(["runs", run_id]) }, { from: runId, to: versionId });
  }
  add({
    id: versionId,
    kind: "Model version",
    title: `${version.name} ${version.version}`,
    ...(version.aliases?.length && { detail: version.aliases.join(", ") }),
    href: versionPage(version.name, version.version),
  });
  for (const { name, variants } of endpoints) {
    const ours = variants.filter((it) => it.modelName === version.name && it.modelVersion === version.version);
    if (ours.length === 0) continue;
    const id = `endpoint ${name}`;
    const detail = ours.map((it) => `${it.name} ${it.revoked ? "revoked" : percent(it.weight)}`).join(", ");
    add({ id, kind: "Endpoint", title: name, detail, href: address(["endpoints", name]) }, { from: versionId, to: id });
  }
  return { nodes, edges };
}
