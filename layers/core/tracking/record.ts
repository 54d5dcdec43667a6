import type { Int64 } from "#contracts/int64.ts";
import { keepLatest, type Point } from "./points.ts";

/**
 * What a run or a logged model is and has logged. `info` holds its own fields, `stage` and `epoch` among them ({@link ownLifecycle});
 * `links` holds its datasets and models as text, each under a key that says what it links; `metrics` holds the latest point of every key.
 */
export interface RecordState {
  readonly info: ReadonlyMap<string, InfoValue>;
  readonly params: ReadonlyMap<string, string>;
  readonly tags: ReadonlyMap<string, string>;
  readonly links: ReadonlyMap<string, string>;
  readonly metrics: ReadonlyMap<string, Point>;
}
export type InfoValue = string | Int64;

export const emptyRecord: RecordState = { info: new Map(), params: new Map(), tags: new Map(), links: new Map(), metrics: new Map() };

/** What happened to a record since some earlier state. A tag of null is a removed one. */
export interface Delta {
  readonly info: ReadonlyMap<string, InfoValue>;
  readonly params: ReadonlyMap<string, string>;
  readonly tags: ReadonlyMap<string, string | null>;
  readonly links: ReadonlyMap<string, string>;
  readonly points: Iterable<Point>;
}

const firstWins = <V>(base: ReadonlyMap<string, V>, delta: ReadonlyMap<string, V>): ReadonlyMap<string, V> =>
  delta.size === 0 ? base : base.size === 0 ? delta : new Map([...delta, ...base]);
const lastWins = <V>(base: ReadonlyMap<string, V>, delta: ReadonlyMap<string, V>): ReadonlyMap<string, V> =>
  delta.size === 0 ? base : new Map([...base, ...delta]);

function withTags(base: ReadonlyMap<string, string>, delta: Delta["tags"]): ReadonlyMap<string, string> {
  if (delta.size === 0) return base;
  const tags = new Map(base);
  for (const [key, value] of delta) {
    if (value === null) tags.delete(key);
    else tags.set(key, value);
  }
  return tags;
}

/**
 * The state after `delta`. Safe when `base` holds some or all of it already: params and links keep their first value, metrics
 * their greatest point, info and tags take the delta's value, so that joining once more changes nothing.
 */
export function join(base: RecordState, delta: Delta): RecordState {
  const metrics = new Map(base.metrics);
  for (const point of delta.points) keepLatest(metrics, point);
  return {
    info: lastWins(base.info, delta.info),
    params: firstWins(base.params, delta.params),
    tags: withTags(base.tags, delta.tags),
    links: firstWins(base.links, delta.links),
    metrics,
  };
}
