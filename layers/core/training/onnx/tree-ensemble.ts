import type { BoostedModel } from "../tree.ts";
import type { Operation } from "./graph.ts";

const branch = "BRANCH_LEQ";
const leaf = "LEAF";

/** All trees as one TreeEnsembleRegressor (ai.onnx.ml 3): parallel lists with an entry for each node, and one for each leaf's weight. */
export function treeEnsemble({ base, trees }: BoostedModel, input: string, output: string): Operation {
  const nodes = trees.flatMap((tree, id) => Array.from(tree.feature, (feature, node) => ({ tree, id, node, feature })));
  const leaves = nodes.filter(({ feature }) => feature < 0);
  const ints = <T>(items: readonly T[], read: (item: T) => number | undefined) => Int32Array.from(items, (item) => read(item) ?? 0);
  const floats = <T>(items: readonly T[], read: (item: T) => number | undefined) => Float32Array.from(items, (item) => read(item) ?? 0);
  return {
    operator: "TreeEnsembleRegressor",
    domain: "ai.onnx.ml",
    inputs: [input],
    outputs: [output],
    attributes: {
      nodes_treeids: ints(nodes, ({ id }) => id),
      nodes_nodeids: ints(nodes, ({ node }) => node),
      nodes_featureids: ints(nodes, ({ feature }) => Math.max(feature, 0)),
      nodes_modes: nodes.map(({ feature }) => (feature < 0 ? leaf : branch)),
      nodes_values: floats(nodes, ({ tree, node }) => tree.threshold[node]),
      nodes_truenodeids: ints(nodes, ({ tree, node }) => tree.left[node]),
      nodes_falsenodeids: ints(nodes, ({ tree, node }) => tree.right[node]),
      nodes_missing_value_tracks_true: ints(nodes, ({ tree, node }) => tree.missingLeft[node]),
      target_treeids: ints(leaves, ({ id }) => id),
      target_nodeids: ints(leaves, ({ node }) => node),
      target_ids: ints(leaves, ({ tree }) => tree.output),
      target_weights: floats(leaves, ({ tree, node }) => tree.value[node]),
      n_targets: base.length,
      base_values: base,
      post_transform: "NONE",
    },
  };
}
