import { type Axis, unitOf } from "./axis.ts";
import type { ComparedRun } from "./values.ts";

/** Part of an axis, in its unit, ends included. */
export interface Range {
  readonly low: number;
  readonly high: number;
}
export type Brushes = ReadonlyMap<string, Range>;

/** What the address holds: `params.lr~0.001~0.1|metrics.loss~0~1`. Names of the platform hold neither sign. */
export function readBrushes(text: string): Brushes {
  return new Map(
    text.split("|").flatMap((part): [string, Range][] => {
      const [name = "", low = "", high = ""] = part.split("~");
      const range = { low: Number(low), high: Number(high) };
      return name !== "" && low !== "" && high !== "" && range.low <= range.high ? [[name, range]] : [];
    }),
  );
}

const exact = (value: number) => String(Number(value.toPrecision(6)));
export const writeBrushes = (brushes: Brushes): string => [...brushes].map(([name, { low, high }]) => `${name}~${exact(low)}~${exact(high)}`).join("|");

/** Whether a run lies within every range of the axes that are shown. A run without a value is within none. */
export const isWithin = (brushes: Brushes, axes: readonly Axis[], run: ComparedRun): boolean =>
  axes.every((axis) => {
    const range = brushes.get(axis.name);
    if (!range) return true;
    const unit = unitOf(axis, run);
    return unit !== undefined && unit >= range.low && unit <= range.high;
  });
