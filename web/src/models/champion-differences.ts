import { relativeDifference } from "../experiments/relative-difference.ts";
import type { Run } from "../experiments/wire.ts";

type Valued = Pick<Run, "data">;
interface MetricPair {
  readonly key: string;
  readonly ours: number | undefined;
  readonly theirs: number | undefined;
  readonly difference: number | undefined;
  /** The difference as a share of theirs. */
  readonly relative: number | undefined;
}
interface ParamPair {
  readonly key: string;
  readonly ours: string | undefined;
  readonly theirs: string | undefined;
  readonly differs: boolean;
}

const keysOf = (left: ReadonlyMap<string, unknown>, right: ReadonlyMap<string, unknown>) => [...new Set([...left.keys(), ...right.keys()])].toSorted();

/** Every metric that either run logged, by its name. */
export function metricPairs(our: Valued, their: Valued): readonly MetricPair[] {
  const of = ({ data }: Valued) => new Map((data.metrics ?? []).map(({ key, value }) => [key, Number(value)]));
  const [left, right] = [of(our), of(their)];
  return keysOf(left, right).map((key) => {
    const [ours, theirs] = [left.get(key), right.get(key)];
    const difference = ours === undefined || theirs === undefined ? undefined : ours - theirs;
    return { key, ours, theirs, difference, relative: relativeDifference(ours, theirs) };
  });
}

/** Every parameter that either run logged, by its name. */
export function paramPairs(our: Valued, their: Valued): readonly ParamPair[] {
  const of = ({ data }: Valued) => new Map((data.params ?? []).map(({ key, value }) => [key, value]));
  const [left, right] = [of(our), of(their)];
  return keysOf(left, right).map((key) => ({ key, ours: left.get(key), theirs: right.get(key), differs: left.get(key) !== right.get(key) }));
}
