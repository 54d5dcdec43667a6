/** A line through the axes: a height at each, in pixels. */
export interface Track {
  readonly id: string;
  readonly ys: readonly number[];
}
const farthest = 8;

/** The line that passes nearest above or below a point, up to a few pixels away. @param xs where the axes stand, ascending */
export function nearestTrack(tracks: readonly Track[], xs: readonly number[], x: number, y: number): string | undefined {
  const right = xs.findIndex((one) => one >= x);
  const to = right <= 0 ? (right < 0 ? xs.length - 1 : Math.min(1, xs.length - 1)) : right;
  const from = Math.max(0, to - 1);
  const [start = 0, end = 0] = [xs[from], xs[to]];
  const share = end === start ? 0 : Math.min(1, Math.max(0, (x - start) / (end - start)));
  let best: string | undefined;
  let distance = farthest;
  for (const { id, ys } of tracks) {
    const [a = 0, b = 0] = [ys[from], ys[to]];
    const apart = Math.abs(a + share * (b - a) - y);
    if (apart <= distance) {
      distance = apart;
      best = id;
    }
  }
  return best;
}
