import { navigate } from "wouter/use-browser-location";
import { DataTable } from "../data-table.tsx";
import { GoTo } from "../go-to.tsx";
import { type Graph, layOut, nodeSize, type Placed } from "./layout.ts";
import "./graph.css";

const margin = 4;
/** As many letters as fit a line of a node; the whole text shows on hover and in the table. */
const lineLength = { title: 22, detail: 26 } as const;
const clipped = (text: string, length: number) => (text.length <= length ? text : `${text.slice(0, length - 1)}…`);

function Node({ node }: { readonly node: Placed }) {
  const inside = (
    <>
      <title>{[node.kind, node.title, node.detail].filter((text) => text !== undefined).join(" ")}</title>
      <rect width={nodeSize.width} height={nodeSize.height} rx={8} />
      <text x={12} y={18} className="graph-kind">
        {node.kind}
      </text>
      <text x={12} y={37} className="graph-title">
        {clipped(node.title, lineLength.title)}
      </text>
      {node.detail !== undefined && (
        <text x={12} y={54} className="graph-detail">
          {clipped(node.detail, lineLength.detail)}
        </text>
      )}
    </>
  );
  const transform = `translate(${node.x} ${node.y})`;
  const { href } = node;
  if (href === undefined) return <g transform={transform}>{inside}</g>;
  return (
    <g transform={transform}>
      <a
        href={href}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          navigate(href);
        }}
      >
        {inside}
      </a>
    </g>
  );
}

/** A graph from left to right. Nodes with an address are links in reading order; edges are also the rows of the table below. */
export function GraphView({ graph, label }: { readonly graph: Graph; readonly label: string }) {
  const { nodes, width, height } = layOut(graph);
  const placed = new Map(nodes.map((node) => [node.id, node]));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section className="graph" aria-label={label} tabIndex={0}>
      <svg
        width={width + 2 * margin}
        height={height + 2 * margin}
        viewBox={`${-margin} ${-margin} ${width + 2 * margin} ${height + 2 * margin}`}
        aria-label={label}
      >
        {graph.edges.map(({ from, to }) => {
          const [source, target] = [placed.get(from), placed.get(to)];
          if (!source || !target) return null;
          const [x1, y1, x2, y2] = [source.x + nodeSize.width, source.y + nodeSize.height / 2, target.x, target.y + nodeSize.height / 2];
          const bend = (x2 - x1) / 2;
          return <path key={`${from} ${to}`} className="graph-edge" d={`M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`} />;
        })}
        {nodes.map((node) => (
          <Node key={node.id} node={node} />
        ))}
      </svg>
    </section>
  );
}

/** The same graph as rows. */
export function GraphTable({ graph, title }: { readonly graph: Graph; readonly title: string }) {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const cell = (id: string) => {
    const node = nodes.get(id);
    const text = <span className="name">{`${node?.kind ?? ""} ${node?.title ?? id}`}</span>;
    return node?.href === undefined ? text : <GoTo href={node.href}>{text}</GoTo>;
  };
  return (
    <DataTable
      name="edges"
      title={title}
      filtering={graph.edges.length > 10}
      items={graph.edges}
      rowKey={({ from, to }) => `${from} ${to}`}
      empty="Nothing is known to lead here, or from here."
      columns={[
        { id: "from", header: "From", cell: ({ from }) => cell(from), sortBy: ({ from }) => nodes.get(from)?.title, isName: true },
        { id: "to", header: "To", cell: ({ to }) => cell(to), sortBy: ({ to }) => nodes.get(to)?.title },
      ]}
    />
  );
}
