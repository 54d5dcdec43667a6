import { layersOf } from "./layers.ts";

/** A thing of a directed graph without cycles. */
export interface GraphNode {
  readonly id: string;
  /** What sort of thing it is, in a word or two. */
  readonly kind: string;
  readonly title: string;
  readonly detail?: string;
  readonly href?: string;
}
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
}
export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}
export interface Placed extends GraphNode {
  readonly x: number;
  readonly y: number;
}
export interface Layout {
  readonly nodes: readonly Placed[];
  readonly width: number;
  readonly height: number;
}

export const nodeSize = { width: 200, height: 64 } as const;
const gap = { x: 72, y: 20 } as const;

/** Places nodes in columns from left to right, each near the middle of its neighbours in the column before; every column is centred. */
export function layOut(graph: Graph): Layout {
  const columns = layersOf(
    graph.nodes.map(({ id }) => id),
    graph.edges,
  );
  const sources = Map.groupBy(graph.edges, ({ to }) => to);
  const byColumn = [...Map.groupBy(graph.nodes, ({ id }) => columns.get(id) ?? 0)].toSorted(([left], [right]) => left - right);
  const tallest = Math.max(1, ...byColumn.map(([, nodes]) => nodes.length));
  const height = tallest * (nodeSize.height + gap.y) - gap.y;
  const middle = new Map<string, number>();
  const placed: Placed[] = [];
  for (const [column, nodes] of byColumn) {
    const pull = ({ id }: GraphNode) => {
      const known = (sources.get(id) ?? []).flatMap(({ from }) => middle.get(from) ?? []);
      return known.length === 0 ? height / 2 : known.reduce((sum, y) => sum + y, 0) / known.length;
    };
    const ordered = nodes.toSorted((left, right) => pull(left) - pull(right));
    const top = (height - (ordered.length * (nodeSize.height + gap.y) - gap.y)) / 2;
    for (const [row, node] of ordered.entries()) {
      const y = top + row * (nodeSize.height + gap.y);
      middle.set(node.id, y + nodeSize.height / 2);
      placed.push({ ...node, x: column * (nodeSize.width + gap.x), y });
    }
  }
  return { nodes: placed, width: byColumn.length * (nodeSize.width + gap.x) - gap.x, height };
}
