import { type KeyboardEvent, useEffect, useId, useMemo, useRef } from "react";
import type { MachineGraph } from "#contracts/platform/machine-graph.ts";
import type { ExecutionStep } from "#contracts/platform/pipelines.ts";
import { layoutOf } from "./layout.ts";
import { stateWidth } from "./place.ts";
import { StateBox } from "./state-box.tsx";
import "./graph.css";

interface MachineDrawingProps {
  readonly graph: MachineGraph;
  readonly steps: readonly ExecutionStep[];
  readonly selected: string;
  readonly select: (name: string) => void;
}

const forward = new Set(["ArrowDown", "ArrowRight"]);
const backward = new Set(["ArrowUp", "ArrowLeft"]);

/** The machine that an execution runs, with how each state stands now. One stop of Tab; arrows go from state to state, Enter selects. */
export function MachineDrawing({ graph, steps, selected, select }: MachineDrawingProps) {
  const layout = useMemo(() => layoutOf(graph), [graph]);
  const latest = useMemo(() => new Map(steps.map((step) => [step.name, step])), [steps]);
  const order = useMemo(() => layout.states.toSorted((left, right) => left.y - right.y || left.x - right.x).map(({ state }) => state.name), [layout]);
  const boxes = useRef(new Map<string, SVGGElement>());
  const view = useRef<HTMLDivElement>(null);
  const arrow = useId();
  // What is looked at: the chosen state, else where the execution is, or stopped short; else the start.
  const focus = selected || steps.findLast(({ status }) => status !== "succeeded")?.name || order[0];
  const focused = layout.states.find(({ state }) => state.name === focus);
  const [top, left] = [focused?.y ?? 0, focused?.x ?? 0];
  useEffect(() => {
    const element = view.current;
    element?.scrollTo({ top: top - element.clientHeight / 3, left: left + stateWidth / 2 - element.clientWidth / 2 });
  }, [top, left]);
  const entered = new Set(steps.map(({ name }) => name));
  const moveFrom = (name: string) => (event: KeyboardEvent) => {
    const at = order.indexOf(name);
    const next = forward.has(event.key) ? at + 1 : backward.has(event.key) ? at - 1 : event.key === "Home" ? 0 : event.key === "End" ? order.length - 1 : at;
    if (next === at) return;
    event.preventDefault();
    boxes.current.get(order[next] ?? name)?.focus();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of a drawing
    <div ref={view} className="machine-drawing" role="group" aria-label="States of the machine">
      <svg width={layout.width} height={layout.height} viewBox={`0 0 ${layout.width} ${layout.height}`}>
        <title>States of the machine, and what leads from each to the next</title>
        <defs>
          <marker id={arrow} viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto-start-reverse">
            <path d="M 0 0 L 8 4 L 0 8 z" className="arrow" />
          </marker>
        </defs>
        {layout.edges.map(({ edge, path }) => (
          <path
            key={`${edge.from} ${edge.to} ${edge.kind} ${edge.label ?? ""}`}
            d={path}
            className="edge"
            data-kind={edge.kind}
            data-passed={entered.has(edge.from) && entered.has(edge.to)}
            data-near={edge.from === selected || edge.to === selected}
            markerEnd={`url(#${arrow})`}
          >
            <title>{`${edge.from} to ${edge.to}${edge.label === undefined ? "" : `: ${edge.kind === "catch" ? "caught " : ""}${edge.label}`}`}</title>
          </path>
        ))}
        {layout.states.map((placed) => {
          const { name } = placed.state;
          return (
            <StateBox
              key={name}
              placed={placed}
              step={latest.get(name)}
              isSelected={name === selected}
              isInTabOrder={name === (order.includes(selected) ? selected : order[0])}
              select={() => select(name)}
              move={moveFrom(name)}
              host={(element) => void (element ? boxes.current.set(name, element) : boxes.current.delete(name))}
            />
          );
        })}
      </svg>
    </div>
  );
}
