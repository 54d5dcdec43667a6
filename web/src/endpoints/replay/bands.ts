import type { History } from "./history.ts";
import { placeOf, type Stretch } from "./stretch.ts";

/** A box of a drawing; all four in parts of the drawing, 0 to 1, from its left and its top. */
export interface Box {
  readonly variant: string;
  readonly x: number;
  readonly width: number;
  readonly y: number;
  readonly height: number;
}

/** Every variant that an endpoint ever had, in an order that stays: its place is its colour. */
export const variantsOf = ({ events }: History): readonly string[] => [...new Set(events.flatMap(({ weights }) => Object.keys(weights)))].toSorted();

/** Boxes on each other from the bottom up, as high as their values of all. */
function stacked(order: readonly string[], values: ReadonlyMap<string, number>, of: number, x: number, width: number): Box[] {
  let top = 1;
  return order.flatMap((variant) => {
    const height = (values.get(variant) ?? 0) / of;
    top -= height;
    return height > 0 ? [{ variant, x, width, y: top, height }] : [];
  });
}

/** The shares of the traffic from change to change. */
export function shareBoxes(history: History, stretch: Stretch): Box[] {
  const order = variantsOf(history);
  return history.events.flatMap(({ at, weights }, index) => {
    const end = history.events[index + 1]?.at ?? stretch.to;
    const [x, until] = [placeOf(stretch, at), placeOf(stretch, end)];
    return until > x ? stacked(order, new Map(Object.entries(weights)), 1, x, until - x) : [];
  });
}

/** Requests minute by minute, against the busiest minute that is seen. */
export function requestBoxes(history: History, stretch: Stretch): { readonly boxes: readonly Box[]; readonly busiest: number } {
  const seen = history.minutes.filter(({ minute }) => minute + 60_000 > stretch.from && minute < stretch.to);
  const totals = seen.map(({ variants }) => variants.reduce((sum, { requests }) => sum + requests, 0));
  const busiest = Math.max(0, ...totals);
  const order = variantsOf(history);
  const boxes = seen.flatMap(({ minute, variants }) => {
    const [x, until] = [placeOf(stretch, minute), placeOf(stretch, minute + 60_000)];
    const counts = new Map(variants.map(({ variant, requests }) => [variant, requests]));
    return stacked(order, counts, Math.max(1, busiest), x, until - x);
  });
  return { boxes, busiest };
}
