import type { Cell } from "./match.ts";
import { compareCells } from "./sort.ts";

/** A column of sort keys: a cell for each of the ranked things. */
export interface RankColumn {
  readonly ascending: boolean;
  readonly cells: readonly Cell[];
}

/** A heap of the `limit` first of 0..count-1, the last of them on top, so that most of the others cost one comparison. */
function firstOf(count: number, limit: number, compare: (a: number, b: number) => number): number[] {
  const heap = Array.from({ length: limit }, (_, index) => index);
  const sink = (from: number) => {
    let at = from;
    for (;;) {
      let last = at;
      for (const child of [2 * at + 1, 2 * at + 2]) if (child < limit && compare(heap[child] ?? 0, heap[last] ?? 0) > 0) last = child;
      if (last === at) return;
      [heap[at], heap[last]] = [heap[last] ?? 0, heap[at] ?? 0];
      at = last;
    }
  };
  for (let at = (limit >> 1) - 1; at >= 0; at--) sink(at);
  for (let next = limit; next < count; next++) {
    if (compare(next, heap[0] ?? 0) >= 0) continue;
    heap[0] = next;
    sink(0);
  }
  return heap;
}

/** The indices of `count` things in the order of their columns, at least the first `limit` of them. */
export function ranked(count: number, columns: readonly RankColumn[], limit: number): number[] {
  const compare = (a: number, b: number): number => {
    for (const { ascending, cells } of columns) {
      const order = compareCells(cells[a], cells[b], ascending);
      if (order !== 0) return order;
    }
    return 0;
  };
  const some = limit * 4 < count ? firstOf(count, limit, compare) : Array.from({ length: count }, (_, index) => index);
  return some.sort(compare);
}
