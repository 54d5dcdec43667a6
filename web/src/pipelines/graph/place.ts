import type { Layered, Spot } from "./layers.ts";
import { neighboursOf } from "./order.ts";

export const stateWidth = 168;
export const stateHeight = 46;
export const layerHeight = 74;
const bendWidth = 18;
const gap = 22;
const sweeps = 12;

const widthOf = ({ isBend }: Spot) => (isBend ? bendWidth : stateWidth);
const distance = (left: Spot, right: Spot) => (widthOf(left) + widthOf(right)) / 2 + gap;

/** Places as near to the wishes as the distances allow: packed from the left and from the right, and the middle of the two, which keeps them too. */
function packed(layer: readonly Spot[], wishes: readonly number[]): number[] {
  const fromLeft: number[] = [];
  for (const [index, spot] of layer.entries()) {
    const before = layer[index - 1];
    const least = before ? (fromLeft[index - 1] ?? 0) + distance(before, spot) : Number.NEGATIVE_INFINITY;
    fromLeft.push(Math.max(wishes[index] ?? 0, least));
  }
  const fromRight: number[] = [];
  for (let index = layer.length - 1; index >= 0; index -= 1) {
    const [spot, after] = [layer[index], layer[index + 1]];
    const most = spot && after ? (fromRight[index + 1] ?? 0) - distance(spot, after) : Number.POSITIVE_INFINITY;
    fromRight[index] = Math.min(wishes[index] ?? 0, most);
  }
  return fromLeft.map((left, index) => (left + (fromRight[index] ?? left)) / 2);
}

/** The middle of every spot, from the left: as near to the middle of its neighbours as its own neighbours in the layer allow. The leftmost is at 0. */
export function placed(layers: readonly (readonly Spot[])[], links: Layered["links"]): ReadonlyMap<string, number> {
  const sides = [neighboursOf(links, "above"), neighboursOf(links, "below")] as const;
  const places = new Map<string, number>();
  for (const layer of layers)
    for (const [index, x] of packed(
      layer,
      layer.map(() => 0),
    ).entries())
      places.set(layer[index]?.id ?? "", x);
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    const isDown = sweep % 2 === 0;
    for (const layer of isDown ? layers : layers.toReversed()) {
      const wishes = layer.map(({ id }) => {
        const near = (isDown ? sides[0] : sides[1]).get(id) ?? [];
        return near.length === 0 ? (places.get(id) ?? 0) : near.reduce((sum, other) => sum + (places.get(other) ?? 0), 0) / near.length;
      });
      for (const [index, x] of packed(layer, wishes).entries()) places.set(layer[index]?.id ?? "", x);
    }
  }
  const leftmost = Math.min(...layers.flat().map((spot) => (places.get(spot.id) ?? 0) - widthOf(spot) / 2));
  return new Map([...places].map(([id, x]) => [id, x - leftmost]));
}
