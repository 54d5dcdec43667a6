import { number } from "../parts/format.ts";
import { type ComparedRun, numberIn, type ValueName } from "./values.ts";

/** A scale for one name over some runs. Its unit is the number itself, or the place of a category in `categories`. */
export interface Axis {
  readonly name: ValueName;
  /** Empty where all values are numbers. */
  readonly categories: readonly string[];
  readonly min: number;
  readonly max: number;
  readonly isLog: boolean;
  /** Whether every number is above zero. */
  readonly canBeLog: boolean;
}

/** Makes the scale: numeric where every value that is there reads as a number; a single value lies in the middle. */
export function axisOf(name: ValueName, runs: readonly ComparedRun[], wantsLog: boolean): Axis {
  const present = runs.flatMap(({ values }) => values.get(name) ?? []);
  const numbers = present.map(numberIn);
  if (present.length > 0 && numbers.every((value) => value !== undefined)) {
    const finite = numbers.filter(Number.isFinite);
    const [low, high] = [Math.min(...finite), Math.max(...finite)];
    if (finite.length === 0) return { name, categories: [], min: 0, max: 1, isLog: false, canBeLog: false };
    const canBeLog = low > 0;
    const isLog = wantsLog && canBeLog;
    if (low !== high) return { name, categories: [], min: low, max: high, isLog, canBeLog };
    const around = Math.abs(low) || 1;
    return { name, categories: [], min: isLog ? low / 2 : low - around / 2, max: isLog ? low * 2 : low + around / 2, isLog, canBeLog };
  }
  const categories = [...new Set(present.map(String))].toSorted((left, right) => left.localeCompare(right, "en", { numeric: true }));
  return { name, categories, min: -0.5, max: Math.max(0.5, categories.length - 0.5), isLog: false, canBeLog: false };
}

/** A run's value in the axis' unit; undefined where it has none that can be placed. */
export function unitOf({ name, categories, isLog }: Axis, { values }: ComparedRun): number | undefined {
  const value = values.get(name);
  if (value === undefined) return undefined;
  if (categories.length > 0) return categories.indexOf(String(value));
  const read = numberIn(value);
  return read === undefined || !Number.isFinite(read) || (isLog && read <= 0) ? undefined : read;
}

const bent = (axis: Axis, unit: number) => (axis.isLog ? Math.log10(unit) : unit);

/** Where a unit lies: 0 at the axis' least value, 1 at its greatest. */
export const placeOf = (axis: Axis, unit: number): number => (bent(axis, unit) - bent(axis, axis.min)) / (bent(axis, axis.max) - bent(axis, axis.min));

/** The unit at a place. */
export function unitAt(axis: Axis, place: number): number {
  const value = bent(axis, axis.min) + place * (bent(axis, axis.max) - bent(axis, axis.min));
  return axis.isLog ? 10 ** value : value;
}

/** What a unit is called. */
export const unitText = ({ categories }: Axis, unit: number): string => (categories.length > 0 ? (categories[Math.round(unit)] ?? "") : number(unit));

const mostLabels = 12;
/** Where labels stand and what they say: the categories, as many as fit, or five places of the scale. */
export function labelsOf(axis: Axis): readonly { readonly place: number; readonly text: string }[] {
  const { categories } = axis;
  if (categories.length === 0) return [0, 0.25, 0.5, 0.75, 1].map((place) => ({ place, text: number(Number(unitAt(axis, place).toPrecision(4))) }));
  const every = Math.ceil(categories.length / mostLabels);
  return categories.flatMap((text, index) => (index % every === 0 ? [{ place: placeOf(axis, index), text }] : []));
}
