/** What can be joined: a line's places, ascending, and its values. */
interface Points {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** Several lines as one; all of the same length. */
export interface Joined {
  readonly x: readonly number[];
  readonly mean: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
  /** How many of the lines have a value at each place. */
  readonly count: readonly number[];
}

/** What a line is drawn as at ascending places: its own value (of several, the last), or the one on the straight line between its neighbours. */
function* valuesAt({ x, y }: Points, places: Float64Array): Generator<number> {
  let at = -1;
  for (const place of places) {
    while (at + 1 < x.length && (x[at + 1] ?? 0) <= place) at += 1;
    const [from, to] = [x[at], x[at + 1]];
    const [start = Number.NaN, end = Number.NaN] = [y[at], y[at + 1]];
    if (from === place) yield start;
    else if (from === undefined || to === undefined || !Number.isFinite(start) || !Number.isFinite(end)) yield Number.NaN;
    else yield start + ((end - start) * (place - from)) / (to - from);
  }
}

/**
 * The mean, the lowest and the highest of some lines, at every place where one of them has a point. A line counts from its first to its last
 * point and as it is drawn between two of them; NaN counts for nothing, as in the groups of the runs table. Where no line counts, all are NaN.
 */
export function joinLines(lines: readonly Points[]): Joined {
  const places = Float64Array.from(new Set(lines.flatMap(({ x }) => x))).sort();
  const sum = new Float64Array(places.length);
  const low = new Float64Array(places.length).fill(Number.POSITIVE_INFINITY);
  const high = new Float64Array(places.length).fill(Number.NEGATIVE_INFINITY);
  const count = new Uint32Array(places.length);
  for (const line of lines) {
    let row = 0;
    for (const value of valuesAt(line, places)) {
      if (!Number.isNaN(value)) {
        sum[row] = (sum[row] ?? 0) + value;
        low[row] = Math.min(low[row] ?? value, value);
        high[row] = Math.max(high[row] ?? value, value);
        count[row] = (count[row] ?? 0) + 1;
      }
      row += 1;
    }
  }
  const known = (values: Float64Array) => Array.from(values, (value, row) => (count[row] === 0 ? Number.NaN : value));
  return { x: [...places], mean: Array.from(sum, (all, row) => all / (count[row] ?? 0)), low: known(low), high: known(high), count: [...count] };
}
