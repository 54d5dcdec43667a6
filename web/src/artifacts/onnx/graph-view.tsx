import Button from "@cloudscape-design/components/button";
import { type KeyboardEvent, useMemo, useState } from "react";
import { boxHeight, boxWidth, layout } from "./layout.ts";
import type { OnnxGraph } from "./model.ts";

interface GraphViewProps {
  readonly graph: OnnxGraph;
  /** The node whose details are shown; -1 for none. */
  readonly chosen: number;
  readonly choose: (node: number) => void;
}
const short = (text: string) => (text.length > 20 ? `${text.slice(0, 19)}…` : text);

/** A graph from its inputs down to its outputs; a node is a button that shows what it is. */
export function GraphView({ graph, chosen, choose }: GraphViewProps) {
  const { boxes, edges, width, height } = useMemo(() => layout(graph), [graph]);
  const [zoom, setZoom] = useState(1);
  const onKey = (event: KeyboardEvent, node: number) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    choose(node);
  };
  return (
    <>
      <div className="viewer-bar">
        <Button iconName="zoom-in" ariaLabel="Enlarge" onClick={() => setZoom((old) => Math.min(3, old * 1.25))} />
        <Button iconName="zoom-out" ariaLabel="Make smaller" onClick={() => setZoom((old) => Math.max(0.1, old / 1.25))} />
        <Button onClick={() => setZoom(1)}>1:1</Button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard (WCAG 2.1.1) */}
      <section className="scroll-box" aria-label="Graph" tabIndex={0}>
        {/* biome-ignore lint/a11y/useSemanticElements: a drawing of buttons; no element says so */}
        <svg width={width * zoom} height={height * zoom} viewBox={`0 0 ${width} ${height}`} role="group" aria-label={`Graph of ${graph.nodes.length} nodes`}>
          {edges.map(({ from, to, path }) => (
            <path key={`${from} ${to}`} d={path} className="onnx-edge" />
          ))}
          {boxes.map(({ id, title, kind, node, x, y }) => (
            <g
              key={id}
              transform={`translate(${x},${y})`}
              className={`onnx-box onnx-${kind}${node >= 0 && node === chosen ? " chosen" : ""}`}
              {...(node >= 0 && {
                role: "button",
                tabIndex: 0,
                "aria-label": `${title}, node ${node}`,
                onClick: () => choose(node),
                onKeyDown: (event: KeyboardEvent) => onKey(event, node),
              })}
            >
              <title>{title}</title>
              <rect width={boxWidth} height={boxHeight} rx={kind === "node" ? 6 : 20} />
              <text x={boxWidth / 2} y={boxHeight / 2} textAnchor="middle" dominantBaseline="central">
                {short(title)}
              </text>
            </g>
          ))}
        </svg>
      </section>
    </>
  );
}
