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

/** Each node's column: one after the last of what it comes from. An edge that closes a cycle does not count. */
export function columnsOf({ nodes, edges }: Graph): ReadonlyMap<string, number> {
  const sources = Map.groupBy(edges, ({ to }) => to);
  const columns = new Map<string, number>();
  const visit = (id: string, path: ReadonlySet<string>): number => {
    const known = columns.get(id);
    if (known !== undefined) return known;
    const before = (sources.get(id) ?? []).filter(({ from }) => !path.has(from)).map(({ from }) => visit(from, new Set([...path, from])));
    const column = Math.max(-1, ...before) + 1;
    columns.set(id, column);
    return column;
  };
  for (const { id } of nodes) visit(id, new Set([id]));
  return columns;
}

/** Places nodes in columns from left to right, each near the middle of its neighbours in the column before; every column is centred. */
export function layOut(graph: Graph): Layout {
  const columns = columnsOf(graph);
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
