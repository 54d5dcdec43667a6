import type { Dates } from "../parts/dates.ts";
import { duration, number } from "../parts/format.ts";
import type { XKind } from "./series.ts";

/** A place of the x axis in words. */
export function xText(kind: XKind, dates: Dates): (x: number) => string {
  if (kind === "time") return dates.full;
  return kind === "duration" ? duration : number;
}
