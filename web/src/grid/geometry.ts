/** A stretch of rows or columns: `first` is in it, `end` is not. */
export interface Stretch {
  readonly first: number;
  readonly end: number;
}

/** Where each of these widths begins, and at the end where the last one ends. */
export function offsetsOf(widths: readonly number[]): readonly number[] {
  const offsets = [0];
  for (const width of widths) offsets.push((offsets.at(-1) ?? 0) + width);
  return offsets;
}

/** The place that holds a pixel; the nearest one where none does. */
function placeAt(offsets: readonly number[], pixel: number): number {
  let [low, high] = [0, Math.max(0, offsets.length - 2)];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((offsets[middle] ?? 0) <= pixel) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The columns that a stretch of pixels touches, and some more on either side. */
export function columnsIn(offsets: readonly number[], from: number, to: number, more: number): Stretch {
  const count = offsets.length - 1;
  if (count === 0) return { first: 0, end: 0 };
  return { first: Math.max(0, placeAt(offsets, from) - more), end: Math.min(count, placeAt(offsets, to) + 1 + more) };
}

/** The rows of one height that a stretch of pixels touches, and some more on either side. */
export function rowsIn(total: number, height: number, from: number, to: number, more: number): Stretch {
  const first = Math.min(total, Math.max(0, Math.floor(from / height) - more));
  return { first, end: Math.max(first, Math.min(total, Math.ceil(to / height) + more)) };
}

/** The least scrolling that brings `start` to `end` into a view of `size` pixels at `scrolled`. */
export function scrollToShow(scrolled: number, size: number, start: number, end: number): number {
  if (start < scrolled || end - start > size) return start;
  return end > scrolled + size ? end - size : scrolled;
}
