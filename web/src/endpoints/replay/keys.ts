import { type Mark, neighbour } from "./marks.ts";
import type { Stretch } from "./stretch.ts";

const second = 1000;
const ways: Readonly<Record<string, 1 | -1>> = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 };

/**
 * The instant that a key leads to: arrows go a 200th of the stretch, with Shift a second; page keys to the next mark or the one before; Home and End to the ends of
 * the stretch. Undefined for another key.
 */
export function reachedBy(key: string, isFine: boolean, at: number, { from, to }: Stretch, marks: readonly Mark[]): number | undefined {
  const way = ways[key];
  if (way !== undefined) return at + way * (isFine ? second : (to - from) / 200);
  if (key === "PageDown") return neighbour(marks, at, -1)?.at ?? at;
  if (key === "PageUp") return neighbour(marks, at, 1)?.at ?? to;
  if (key === "Home") return from + 1;
  return key === "End" ? to : undefined;
}
