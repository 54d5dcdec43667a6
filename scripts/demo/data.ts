import { readFileSync } from "node:fs";

/** One sample: an identifier, when it was measured, what was measured and the diagnosis. */
export interface Sample {
  readonly sampleId: string;
  readonly measuredAt: string;
  readonly values: Readonly<Record<string, number>>;
  readonly target: number;
}

const start = Date.UTC(2026, 0, 1);
const hour = 3_600_000;

/** The breast cancer data of examples/data. The source has no times: samples are taken as measured one an hour from 2026 on, so that there is a past to join. */
export function readSamples(): { readonly columns: readonly string[]; readonly samples: readonly Sample[] } {
  const [head = "", ...lines] = readFileSync(new URL("../../examples/data/breast-cancer/data.csv", import.meta.url), "utf8")
    .trim()
    .split(/\r?\n/);
  const columns = head.split(",").slice(0, -1);
  const samples = lines.map((line, index): Sample => {
    const cells = line.split(",").map(Number);
    return {
      sampleId: `s${String(index).padStart(4, "0")}`,
      measuredAt: new Date(start + index * hour).toISOString(),
      values: Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? Number.NaN])),
      target: cells.at(-1) ?? Number.NaN,
    };
  });
  return { columns, samples };
}

/** The means of the nuclei, which the laboratory reports with the diagnosis; the other measurements come from the feature store. */
export const reported = (columns: readonly string[]) => columns.filter((column) => column.startsWith("mean_"));
export const looked = (columns: readonly string[]) => columns.filter((column) => !column.startsWith("mean_"));

/** The laboratory's file: identifier, time of the diagnosis (a minute after the measurement), reported means, diagnosis. */
export function laboratoryCsv(columns: readonly string[], samples: readonly Sample[]): string {
  const own = reported(columns);
  const rows = samples.map(({ sampleId, measuredAt, values, target }) =>
    [sampleId, new Date(Date.parse(measuredAt) + 60_000).toISOString(), ...own.map((column) => values[column]), target].join(","),
  );
  return `${["sample_id", "event_timestamp", ...own, "target"].join(",")}\n${rows.join("\n")}\n`;
}
