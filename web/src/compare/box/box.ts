import { type ComparedRun, numberIn, type ValueName } from "../values.ts";

/** How some numbers are spread. */
export interface Box {
  readonly name: string;
  readonly count: number;
  readonly median: number;
  readonly lower: number;
  readonly upper: number;
  /** The lowest and highest values within one and a half box lengths of the box (Tukey 1977). */
  readonly whiskers: readonly [number, number];
  /** What lies beyond, ascending. */
  readonly outliers: readonly { readonly id: string; readonly value: number }[];
  /** Runs of the category without a finite value. */
  readonly without: number;
}

/** The quantile of ascending values, between two of them on a straight line (type 7 of Hyndman and Fan 1996, as numpy and R have it). */
export function quantile(ascending: readonly number[], share: number): number {
  const place = share * (ascending.length - 1);
  const [low = Number.NaN, high = low] = [ascending[Math.floor(place)], ascending[Math.ceil(place)]];
  return low === high ? low : low + (high - low) * (place - Math.floor(place));
}

/** A metric's spread in each category of another value; categories in order, runs without the value last. */
export function boxesOf(runs: readonly ComparedRun[], category: ValueName, metric: ValueName): readonly Box[] {
  const groups = Map.groupBy(runs, ({ values }) => values.get(category));
  const order = [...groups.keys()].toSorted((left, right) =>
    left === undefined || right === undefined
      ? Number(left === undefined) - Number(right === undefined)
      : String(left).localeCompare(String(right), "en", { numeric: true }),
  );
  return order.flatMap((key): Box[] => {
    const members = groups.get(key) ?? [];
    const found = members.flatMap(({ id, values }) => {
      const value = numberIn(values.get(metric));
      return value !== undefined && Number.isFinite(value) ? [{ id, value }] : [];
    });
    if (found.length === 0) return [];
    const points = found.toSorted((left, right) => left.value - right.value);
    const ascending = points.map(({ value }) => value);
    const [lower, median, upper] = [quantile(ascending, 0.25), quantile(ascending, 0.5), quantile(ascending, 0.75)];
    const reach = 1.5 * (upper - lower);
    const isWithin = (value: number) => value >= lower - reach && value <= upper + reach;
    const within = ascending.filter(isWithin);
    return [
      {
        name: key === undefined ? "not set" : String(key),
        count: ascending.length,
        median,
        lower,
        upper,
        whiskers: [within[0] ?? lower, within.at(-1) ?? upper],
        outliers: points.filter(({ value }) => !isWithin(value)),
        without: members.length - found.length,
      },
    ];
  });
}
