import { layersOf } from "../../parts/graph/layers.ts";
import type { OnnxGraph } from "./model.ts";

export const boxWidth = 150;
export const boxHeight = 40;
const [gapX, gapY] = [24, 44];

export interface Box {
  readonly id: string;
  readonly title: string;
  readonly kind: "input" | "node" | "output";
  /** Of the node; -1 for inputs and outputs of the graph. */
  readonly node: number;
  readonly x: number;
  readonly y: number;
}
export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly path: string;
}
export interface Layout {
  readonly boxes: readonly Box[];
  readonly edges: readonly Edge[];
  readonly width: number;
  readonly height: number;
}
type Drawn = Omit<Box, "x" | "y">;

/** The boxes of a graph and who feeds whom; each pair once. */
function connect({ nodes, inputs, outputs }: OnnxGraph) {
  const boxes: Drawn[] = [
    ...inputs.map(({ name }, index): Drawn => ({ id: `i${index}`, title: name, kind: "input", node: -1 })),
    ...nodes.map(({ id, operator }): Drawn => ({ id: `n${id}`, title: operator, kind: "node", node: id })),
    ...outputs.map(({ name }, index): Drawn => ({ id: `o${index}`, title: name, kind: "output", node: -1 })),
  ];
  const maker = new Map<string, string>(inputs.map(({ name }, index) => [name, `i${index}`]));
  for (const node of nodes) for (const output of node.outputs) if (output !== "") maker.set(output, `n${node.id}`);
  const pairs = new Map<string, readonly [string, string]>();
  const link = (value: string, to: string) => {
    const from = maker.get(value);
    if (from !== undefined && from !== to) pairs.set(`${from} ${to}`, [from, to]);
  };
  for (const node of nodes) for (const input of node.inputs) link(input, `n${node.id}`);
  for (const [index, { name }] of outputs.entries()) link(name, `o${index}`);
  return { boxes, pairs: [...pairs.values()] };
}

/** Orders every layer by the mean place of its neighbours, down and up again (barycentre method, Sugiyama et al. 1981). */
function ordered(layers: readonly string[][], pairs: readonly (readonly [string, string])[]): void {
  const neighbours = new Map<string, string[]>();
  for (const [from, to] of pairs) {
    neighbours.set(from, [...(neighbours.get(from) ?? []), to]);
    neighbours.set(to, [...(neighbours.get(to) ?? []), from]);
  }
  const place = new Map<string, number>();
  const remember = (ids: readonly string[]) => {
    for (const [index, id] of ids.entries()) place.set(id, index - ids.length / 2);
  };
  for (const ids of layers) remember(ids);
  for (let sweep = 0; sweep < 4; sweep += 1) {
    for (const ids of sweep % 2 === 0 ? layers : layers.toReversed()) {
      const mean = new Map(
        ids.map((id) => {
          const places = (neighbours.get(id) ?? []).map((other) => place.get(other) ?? 0);
          return [id, places.length === 0 ? (place.get(id) ?? 0) : places.reduce((sum, one) => sum + one, 0) / places.length];
        }),
      );
      ids.sort((left, right) => (mean.get(left) ?? 0) - (mean.get(right) ?? 0));
      remember(ids);
    }
  }
}

/** Places a graph's boxes in layers from top to bottom, and the lines between them. The same graph is always placed the same. */
export function layout(graph: OnnxGraph): Layout {
  const { boxes, pairs } = connect(graph);
  const layer = layersOf(
    boxes.map(({ id }) => id),
    pairs.map(([from, to]) => ({ from, to })),
  );
  const count = boxes.reduce((most, { id }) => Math.max(most, (layer.get(id) ?? 0) + 1), 0);
  const layers: string[][] = Array.from({ length: count }, () => []);
  for (const { id } of boxes) layers[layer.get(id) ?? 0]?.push(id);
  ordered(layers, pairs);
  const widest = layers.reduce((most, ids) => Math.max(most, ids.length), 1);
  const width = widest * (boxWidth + gapX) + gapX;
  const at = new Map<string, { readonly x: number; readonly y: number }>();
  for (const [row, ids] of layers.entries()) {
    const start = (width - ids.length * (boxWidth + gapX) + gapX) / 2;
    for (const [index, id] of ids.entries()) at.set(id, { x: start + index * (boxWidth + gapX), y: gapX + row * (boxHeight + gapY) });
  }
  const placed = boxes.map((box) => ({ ...box, ...(at.get(box.id) ?? { x: 0, y: 0 }) }));
  const edges = pairs.map(([from, to]) => {
    const [a, b] = [at.get(from) ?? { x: 0, y: 0 }, at.get(to) ?? { x: 0, y: 0 }];
    const [x1, y1, x2, y2] = [a.x + boxWidth / 2, a.y + boxHeight, b.x + boxWidth / 2, b.y];
    const bend = Math.max(gapY / 2, (y2 - y1) / 3);
    return { from, to, path: `M${x1},${y1} C${x1},${y1 + bend} ${x2},${y2 - bend} ${x2},${y2}` };
  });
  return { boxes: placed, edges, width, height: count * (boxHeight + gapY) + gapX };
}
