import { type Figure, type Measurement, ratioOf, verdictOf } from "./measurement.ts";

/** Three significant digits, whole from 1,000 on. */
export function shortNumber(value: number): string {
  if (!Number.isFinite(value)) return "-";
  if (Math.abs(value) >= 1_000) return Math.round(value).toLocaleString("en-US");
  return String(Number(value.toPrecision(3)));
}

const optional = (value: number | undefined, text = shortNumber) => (value === undefined ? "" : text(value));
const goalText = ({ goal, unit }: Measurement) => (!goal ? "" : "most" in goal ? `<= ${shortNumber(goal.most)} ${unit}` : `>= ${goal.ratio}x`);
const failures = (...figures: readonly (Figure | undefined)[]) => figures.reduce((sum, figure) => sum + (figure?.failed ?? 0), 0);

const columns = [
  "measured",
  "unit",
  "capstan",
  "p99 ms",
  "per core",
  "peer",
  "figure",
  "p99 ms",
  "per core",
  "ratio",
  "per core",
  "goal",
  "ok",
  "foreign",
] as const;

/** A measurement as the cells of a row; `foreign` is the cores that others used, on either side. */
function cellsOf(measurement: Measurement): readonly string[] {
  const { what, unit, own, peer } = measurement;
  const failed = failures(own, peer);
  const foreign = [own.foreign, peer?.foreign].filter((value) => value !== undefined).map((value) => value.toFixed(1));
  return [
    what + (failed > 0 ? ` (${failed} failed)` : ""),
    unit,
    shortNumber(own.value),
    optional(own.p99),
    optional(own.perCore),
    peer?.who ?? "",
    optional(peer?.value),
    optional(peer?.p99),
    optional(peer?.perCore),
    optional(ratioOf(measurement), (ratio) => `${shortNumber(ratio)}x`),
    own.perCore !== undefined && peer?.perCore !== undefined && measurement.better === "higher" ? `${shortNumber(own.perCore / peer.perCore)}x` : "",
    goalText(measurement),
    verdictOf(measurement),
    foreign.join(" / "),
  ];
}

/** The heading and the cells of each measurement, without columns that are empty throughout. */
export function rowsOf(measurements: readonly Measurement[]): readonly (readonly string[])[] {
  const rows = measurements.map(cellsOf);
  const isFilled = columns.map((_, column) => rows.some((row) => row[column] !== ""));
  return [columns, ...rows].map((row) => row.filter((_cell, column) => isFilled[column]));
}

/** Measurements for a terminal, in columns. */
export function table(measurements: readonly Measurement[]): string {
  const rows = rowsOf(measurements);
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length))) ?? [];
  return rows
    .map((row) => row.map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join("  "))
    .join("\n");
}
