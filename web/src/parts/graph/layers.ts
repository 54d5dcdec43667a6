/** A line of a directed graph. */
interface Line {
  readonly from: string;
  readonly to: string;
}

/**
 * The layer of each node of a graph: one after the last of those that lead to it (longest path). Where only circles are left, the first node of
 * those is taken as if nothing led to it, so that a graph that should have no circle and has one is drawn all the same.
 */
export function layersOf(ids: readonly string[], lines: readonly Line[]): ReadonlyMap<string, number> {
  const layers = new Map(ids.map((id) => [id, 0]));
  const known = lines.filter(({ from, to }) => layers.has(from) && layers.has(to));
  const leaving = Map.groupBy(known, ({ from }) => from);
  const waiting = new Map(ids.map((id) => [id, 0]));
  for (const { to } of known) waiting.set(to, (waiting.get(to) ?? 0) + 1);
  const done = new Set<string>();
  const ready = ids.filter((id) => waiting.get(id) === 0);
  const settle = (from: string) => {
    done.add(from);
    for (const { to } of leaving.get(from) ?? []) {
      if (done.has(to)) continue;
      layers.set(to, Math.max(layers.get(to) ?? 0, (layers.get(from) ?? 0) + 1));
      waiting.set(to, (waiting.get(to) ?? 0) - 1);
      if (waiting.get(to) === 0) ready.push(to);
    }
  };
  for (const id of ids) {
    for (let next = ready.shift(); next !== undefined; next = ready.shift()) settle(next);
    if (!done.has(id)) settle(id);
  }
  return layers;
}
