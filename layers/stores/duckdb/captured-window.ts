import { join } from "node:path";
import { createInterface } from "node:readline";
import { featureNames } from "#core/monitoring/captured-rows.ts";
import { type CapturedHour, type CaptureSource, type CaptureStore, hourMs } from "#core/monitoring/captures.ts";
import type { CompactedCaptures } from "#stores/s3/compacted-captures.ts";
import type { Objects } from "#stores/s3/objects.ts";
import { eventId, inferenceTime, position, writeCapturedRows } from "./captured-rows.ts";
import { columnsOf } from "./drift-columns.ts";
import { type DuckDbSession, identifier, literal } from "./session.ts";

export interface CapturedFiles {
  readonly objects: Objects;
  readonly bucket: string;
  readonly captures: CaptureStore;
  readonly compacted: CompactedCaptures;
}
/** Captured rows of an endpoint: of one variant, or of all together. */
export interface CapturedInterval {
  readonly endpoint: string;
  readonly variant: string | null;
  readonly fromMs: number;
  readonly toMs: number;
}

async function* linesOf({ objects, bucket }: CapturedFiles, hours: readonly CapturedHour[]): AsyncGenerator<string> {
  for (const key of hours.flatMap(({ keys }) => keys))
    yield* createInterface({ input: await objects.open({ bucket, key }), crlfDelay: Number.POSITIVE_INFINITY });
}

/** Local Parquet files of one variant: compacted hours as they are, the lines of the others together as one. */
async function filesOf(
  session: DuckDbSession,
  files: CapturedFiles,
  source: CaptureSource,
  { fromMs, toMs }: CapturedInterval,
  name: string,
): Promise<string[]> {
  const found: string[] = [];
  const loose: CapturedHour[] = [];
  for (const hour of await files.captures.list(source, fromMs, toMs)) {
    const compacted = await files.compacted.find(source, hour);
    if (compacted === undefined) {
      loose.push(hour);
      continue;
    }
    const file = join(session.folder, `${name}-${hour.hour}.parquet`);
    await files.objects.download(compacted, file);
    found.push(file);
  }
  const rest = loose.length === 0 ? undefined : await writeCapturedRows(session, `${name}-loose`, linesOf(files, loose));
  return rest === undefined ? found : [...found, rest];
}

/** Features without names of their own take the reference's, unless a column of that name was captured. */
async function projection(session: DuckDbSession, files: readonly string[], reference: readonly string[]): Promise<string> {
  const names = new Set((await Promise.all(files.map(async (file) => await columnsOf(session, file)))).flat().map(({ name }) => name));
  const stored = [...featureNames(reference)].filter(([from, name]) => names.has(from) && !names.has(name));
  const renamed = new Map(stored.map(([from, name]) => [name, from]));
  const hidden = [eventId, position, inferenceTime].join(", ");
  const renames = [...renamed].map(([name, from]) => `${identifier(from)} AS ${identifier(name)}`).join(", ");
  return `* EXCLUDE (${hidden})${renames === "" ? "" : ` RENAME (${renames})`}`;
}

/**
 * What an endpoint was asked and answered in a half-open interval, as one local Parquet file.
 * @param reference the reference's columns in order: they name features that came as a bare row
 * @returns undefined where nothing was captured
 */
export async function capturedWindow(
  session: DuckDbSession,
  files: CapturedFiles,
  interval: CapturedInterval,
  reference: readonly string[],
  name: string,
): Promise<string | undefined> {
  const { endpoint, variant, fromMs, toMs } = interval;
  const variants = variant === null ? await files.captures.variants(endpoint) : [variant];
  const parts: string[] = [];
  for (const [k, one] of variants.entries()) parts.push(...(await filesOf(session, files, { endpoint, variant: one }, interval, `${name}-${k}`)));
  if (parts.length === 0) return undefined;
  const target = join(session.folder, `${name}.parquet`);
  const within = `epoch_ms(${inferenceTime}) >= ${fromMs} AND epoch_ms(${inferenceTime}) < ${toMs}`;
  await session.run(
    `COPY (SELECT ${await projection(session, parts, reference)} FROM read_parquet([${parts.map(literal).join(", ")}], union_by_name = true) WHERE ${within})
     TO ${literal(target)} (FORMAT parquet)`,
  );
  const [row = {}] = await session.rows(`SELECT count(*) AS rows FROM read_parquet(${literal(target)})`);
  return row["rows"] === 0n ? undefined : target;
}

/** Compacts an hour that has ended, unless that was done. @returns whether there was anything to do */
export async function compactHour(session: DuckDbSession, files: CapturedFiles, source: CaptureSource, hour: CapturedHour): Promise<boolean> {
  if ((await files.compacted.find(source, hour)) !== undefined) return false;
  const file = await writeCapturedRows(session, `hour-${hour.hour / hourMs}`, linesOf(files, [hour]));
  if (file === undefined) return false;
  await files.compacted.put(source, hour, file);
  return true;
}
