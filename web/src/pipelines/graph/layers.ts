import { layersOf } from "../../parts/graph/layers.ts";
import type { Edge } from "./edges.ts";

/** Something that has a place in a layer: a state, or a bend of an edge that passes the layer. */
export interface Spot {
  readonly id: string;
  readonly isBend: boolean;
}
export interface Layered {
  /** From the top. */
  readonly layers: readonly (readonly Spot[])[];
  /** Pairs of neighbours in layers that follow each other, by id. */
  readonly links: readonly (readonly [upper: string, lower: string])[];
  /** The spots that each line passes, from its state to the one it leads to. */
  readonly courses: ReadonlyMap<Edge, readonly string[]>;
}

/** States in layers, and a bend in every layer that a line passes. */
export function layered(names: readonly string[], edges: readonly Edge[]): Layered {
  const lines = edges.filter(({ course }) => course === "line");
  const ranks = layersOf(names, lines);
  const layers: Spot[][] = Array.from({ length: Math.max(0, ...ranks.values()) + 1 }, () => []);
  for (const name of names) layers[ranks.get(name) ?? 0]?.push({ id: name, isBend: false });
  const links: (readonly [string, string])[] = [];
  const courses = new Map<Edge, readonly string[]>();
  for (const [index, edge] of lines.entries()) {
    const course = [edge.from];
    for (let rank = (ranks.get(edge.from) ?? 0) + 1; rank < (ranks.get(edge.to) ?? 0); rank += 1) {
      const id = `${index} ${rank}`;
      layers[rank]?.push({ id, isBend: true });
      course.push(id);
    }
    course.push(edge.to);
    for (const [place, id] of course.slice(1).entries()) links.push([course[place] ?? "", id]);
    courses.set(edge, course);
  }
  return { layers, links, courses };
}
