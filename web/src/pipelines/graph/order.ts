import type { Layered, Spot } from "./layers.ts";

const sweeps = 8;
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Neighbours of every spot on one side. */
export function neighboursOf(links: Layered["links"], side: "above" | "below"): ReadonlyMap<string, readonly string[]> {
  const pairs = side === "above" ? links.map(([upper, lower]) => [lower, upper] as const) : links;
  const groups = Map.groupBy(pairs, ([spot]) => spot);
  return new Map([...groups].map(([spot, found]) => [spot, found.map(([, other]) => other)]));
}

/** Each layer in an order in which few lines cross: spots stand at the mean of their neighbours, swept down and up (barycentres, Sugiyama 1981). */
export function ordered({ layers, links }: Layered): Spot[][] {
  const above = neighboursOf(links, "above");
  const below = neighboursOf(links, "below");
  const result = layers.map((layer) => [...layer]);
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    const isDown = sweep % 2 === 0;
    const indices = [...result.keys()].slice(1).map((index) => (isDown ? index : result.length - 1 - index));
    for (const index of indices) {
      const fixed = new Map((result[isDown ? index - 1 : index + 1] ?? []).map(({ id }, place) => [id, place]));
      const neighbours = isDown ? above : below;
      const wished = (spot: Spot, place: number) => {
        const places = (neighbours.get(spot.id) ?? []).flatMap((id) => fixed.get(id) ?? []);
        return places.length === 0 ? place : mean(places);
      };
      const wishes = new Map((result[index] ?? []).map((spot, place) => [spot.id, wished(spot, place)]));
      result[index]?.sort((left, right) => (wishes.get(left.id) ?? 0) - (wishes.get(right.id) ?? 0));
    }
  }
  return result;
}
