import { describe, expect, it } from "vitest";
import { lineageOf } from "../../../web/src/models/lineage.ts";
import { layersOf } from "../../../web/src/parts/graph/layers.ts";
import { layOut, nodeSize } from "../../../web/src/parts/graph/layout.ts";

const node = (id: string) => ({ id, kind: "Thing", title: id });
const edges = (...pairs: readonly string[]) => pairs.map((pair) => ({ from: pair.charAt(0), to: pair.charAt(1) }));

describe("the layout of a graph", () => {
  it("puts a node one column after the last of what it comes from", () => {
    expect(Object.fromEntries(layersOf(["d", "c", "b", "a"], edges("ab", "bc", "ac", "cd")))).toEqual({ a: 0, b: 1, c: 2, d: 3 });
  });

  it("ends also where edges form a cycle", () => {
    expect(Object.fromEntries(layersOf(["a", "b"], edges("ab", "ba")))).toEqual({ a: 0, b: 1 });
    expect(Object.fromEntries(layersOf(["a", "b", "c", "d"], edges("ab", "bc", "cb", "cd", "aa", "xd")))).toEqual({ a: 0, b: 1, c: 2, d: 3 });
  });

  it("lets no two nodes overlap, and keeps them within its size", () => {
    const nodes = Array.from({ length: 12 }, (_, index) => node(String.fromCharCode(97 + index)));
    const { nodes: placed, width, height } = layOut({ nodes, edges: edges("ab", "ac", "ad", "ae", "bf", "cf", "dg", "eg", "fh", "gh", "hi") });

    const pairs = placed.flatMap((left, index) => placed.slice(index + 1).map((right) => [left, right] as const));
    const overlapping = pairs.filter(([left, right]) => Math.abs(left.x - right.x) < nodeSize.width && Math.abs(left.y - right.y) < nodeSize.height);
    expect(overlapping).toEqual([]);
    expect(placed.filter(({ x, y }) => x < 0 || y < 0 || x + nodeSize.width > width || y + nodeSize.height > height)).toEqual([]);
  });
});

describe("the lineage of a version", () => {
  const run = {
    info: { run_id: "r1", run_name: "first", experiment_id: "7" },
    inputs: { dataset_inputs: [{ dataset: { name: "sales", digest: "abc" }, tags: [{ key: "mlflow.data.context", value: "training" }] }] },
  };
  const variants = [
    { name: "main", modelName: "churn", modelVersion: "2", weight: 0.9 },
    { name: "old", modelName: "churn", modelVersion: "1", weight: 0.1 },
  ];
  const known = {
    version: { name: "churn", version: "2", run_id: "r1", aliases: ["champion"] },
    execution: "e1",
    featureReferences: ["shop:size", "shop:age"],
    endpoints: [
      { name: "live", variants },
      { name: "other", variants: [{ ...variants[1], modelName: "else" }] },
    ],
  };

  it("leads from data, feature views and execution over the run to the endpoints that have it", () => {
    const graph = lineageOf({ ...known, run } as unknown as Parameters<typeof lineageOf>[0]);

    expect(graph.nodes.map(({ kind, title, href }) => [kind, title, href])).toEqual([
      ["Dataset", "sales", "/experiments/7?filter=datasets.name+%3D+%27sales%27+AND+datasets.digest+%3D+%27abc%27"],
      ["Feature view", "shop", "/features/shop"],
      ["Pipeline execution", "e1", "/pipelines/executions/e1"],
      ["Run", "first", "/runs/r1"],
      ["Model version", "churn 2", "/models/churn/versions/2"],
      ["Endpoint", "live", "/endpoints/live"],
    ]);
    expect(graph.edges).toHaveLength(5);
  });

  it("begins at the version where no run is known", () => {
    const graph = lineageOf({ ...known, run: undefined } as unknown as Parameters<typeof lineageOf>[0]);

    expect(graph.nodes.map(({ kind }) => kind)).toEqual(["Model version", "Endpoint"]);
  });
});
