import type { CapturedRow } from "#contracts/platform/monitors.ts";
import { capturedRows } from "./captured-rows.ts";
import type { CaptureSource, CaptureStore } from "./captures.ts";
import { getReport, type MonitorContext } from "./monitors.ts";

/** Files that one question reads at most: the newest hours of the window. */
const mostFiles = 60;

export interface ReportRows {
  readonly rows: CapturedRow[];
  /** Whether the window holds nothing beyond them. */
  readonly isComplete: boolean;
}

interface Batch {
  readonly source: CaptureSource;
  readonly hour: number;
  readonly key: string;
}

/** The newest captured rows of a report's window: what its findings were made from. A prediction that was delivered twice shows once. */
export async function reportRows(
  ctx: MonitorContext & { readonly captures: Pick<CaptureStore, "list" | "variants" | "records"> },
  monitor: string,
  id: string,
  limit: number,
): Promise<ReportRows> {
  const { endpoint, variant, window } = await getReport(ctx, monitor, id);
  const [from, to] = [Date.parse(window.from), Date.parse(window.to)];
  const variants = variant === null ? await ctx.captures.variants(endpoint) : [variant];
  const sources = variants.map((one): CaptureSource => ({ endpoint, variant: one }));
  const listed = await Promise.all(
    sources.map(async (source) => (await ctx.captures.list(source, from, to)).flatMap(({ hour, keys }) => keys.map((key): Batch => ({ source, hour, key })))),
  );
  const batches = listed.flat().toSorted((left, right) => right.hour - left.hour);
  const found = new Map<string, CapturedRow>();
  let read = 0;
  for (const files of Map.groupBy(batches.slice(0, mostFiles), (batch) => batch.hour).values()) {
    if (found.size >= limit) break;
    for (const row of (await Promise.all(files.map(async (file) => await rowsOf(ctx.captures, file)))).flat()) {
      const at = Date.parse(row.inferenceTime);
      if (at >= from && at < to) found.set(`${row.eventId} ${row.position}`, row);
    }
    read += files.length;
  }
  const newest = [...found.values()].toSorted((left, right) => (left.inferenceTime < right.inferenceTime ? 1 : -1));
  return { rows: newest.slice(0, limit), isComplete: newest.length <= limit && read === batches.length };
}

async function rowsOf(captures: Pick<CaptureStore, "records">, { source, key }: Batch): Promise<CapturedRow[]> {
  const records = await captures.records(key);
  return records.flatMap((record) => capturedRows(record).map((row) => ({ ...row, variant: source.variant })));
}
