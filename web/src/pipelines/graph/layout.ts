import type { MachineGraph, MachineState } from "#contracts/platform/machine-graph.ts";
import { type Edge, edgesOf } from "./edges.ts";
import { layered } from "./layers.ts";
import { ordered } from "./order.ts";
import { layerHeight, placed, stateHeight, stateWidth } from "./place.ts";

export interface PlacedState {
  readonly state: MachineState;
  /** The upper left corner. */
  readonly x: number;
  readonly y: number;
}
export interface DrawnEdge {
  readonly edge: Edge;
  /** What SVG's path takes. */
  readonly path: string;
}
export interface Layout {
  readonly states: readonly PlacedState[];
  readonly edges: readonly DrawnEdge[];
  readonly width: number;
  readonly height: number;
}

const margin = 16;
const laneWidth = 14;

type Point = readonly [x: number, y: number];

/** Straight down at both ends of each stretch, so that lines meet states and bends without a corner. */
function curve(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (!first) return "";
  let [, y] = first;
  return rest.reduce((path, [toX, toY], index) => {
    const [fromX] = points[index] ?? first;
    const middle = (y + toY) / 2;
    y = toY;
    return `${path} C ${fromX} ${middle} ${toX} ${middle} ${toX} ${toY}`;
  }, `M ${first[0]} ${first[1]}`);
}

/** Where each state and each transition of a machine is drawn: in layers from the top, what is caught along the right side, what leads back along the left. */
export function layoutOf(graph: MachineGraph): Layout {
  const edges = edgesOf(graph);
  const found = layered(
    graph.states.map(({ name }) => name),
    edges,
  );
  const layers = ordered(found);
  const places = placed(layers, found.links);
  const rows = new Map(layers.flatMap((layer, row) => layer.map(({ id }) => [id, row] as const)));
  const lanes = (course: Edge["course"]) => [...new Set(edges.flatMap((edge) => (edge.course === course ? [edge.to] : [])))];
  const [backLanes, busLanes] = [lanes("back"), lanes("bus")];
  const left = margin + backLanes.length * laneWidth;
  const x = (id: string) => left + (places.get(id) ?? 0);
  const y = (id: string) => margin + (rows.get(id) ?? 0) * layerHeight;
  const right = Math.max(0, ...graph.states.map(({ name }) => x(name) + stateWidth / 2));
  const along = ({ from, to }: Edge, lane: number, side: 1 | -1) => {
    const [start, end] = [x(from) + (side * stateWidth) / 2, x(to) + (side * stateWidth) / 2];
    // Half a lane apart, so that what leaves a state and what comes to it do not lie on each other.
    return `M ${start} ${y(from) + stateHeight - 12} H ${lane} V ${y(to) + 12} H ${end}`;
  };
  const pathOf = (edge: Edge): string => {
    if (edge.course === "back") return along(edge, margin + backLanes.indexOf(edge.to) * laneWidth - laneWidth / 2, -1);
    if (edge.course === "bus") return along(edge, right + (busLanes.indexOf(edge.to) + 1) * laneWidth, 1);
    const course = found.courses.get(edge) ?? [];
    return curve(
      course.flatMap((id, index): Point[] => {
        if (index === 0) return [[x(id), y(id) + stateHeight]];
        if (index === course.length - 1) return [[x(id), y(id)]];
        return [
          [x(id), y(id)],
          [x(id), y(id) + stateHeight],
        ];
      }),
    );
  };
  return {
    states: graph.states.map((state) => ({ state, x: x(state.name) - stateWidth / 2, y: y(state.name) })),
    edges: edges.map((edge) => ({ edge, path: pathOf(edge) })),
    width: right + (busLanes.length + 1) * laneWidth + margin,
    height: margin * 2 + layers.length * layerHeight - (layerHeight - stateHeight),
  };
}
