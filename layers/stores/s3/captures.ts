import { createHash } from "node:crypto";
import { CaptureRecord } from "#contracts/sagemaker/capture.ts";
import { byHour, type CapturedHour, type CaptureSource, type CaptureStore, hourFolder, hourMs, startOfHour } from "#core/monitoring/captures.ts";
import type { Objects } from "./objects.ts";

/**
 * Captured predictions in the data bucket.
 *
 * | what | key |
 * |---|---|
 * | a batch of one hour | `captures/<endpoint>/<variant>/yyyy/mm/dd/hh/<hash of the batch>.jsonl` |
 *
 * The name is the content's hash: a batch that is delivered twice is stored once.
 */
const segment = encodeURIComponent;
const capturePrefix = ({ endpoint, variant }: CaptureSource) => `captures/${segment(endpoint)}/${segment(variant)}/`;
const hourPattern = /\/(\d{4})\/(\d\d)\/(\d\d)\/(\d\d)\/[^/]+\.jsonl$/;

function hourOf(key: string): number | undefined {
  const [, year, month, day, hour] = hourPattern.exec(key) ?? [];
  return year === undefined ? undefined : Date.parse(`${year}-${month}-${day}T${hour}:00:00Z`);
}

const linesOf = (records: readonly CaptureRecord[]) => records.map((record) => `${JSON.stringify(record)}\n`).join("");

function recordIn(line: string): CaptureRecord | undefined {
  try {
    return CaptureRecord.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}

/** The days that an interval touches: one listing each, so that a long history does not cost a short question. */
function daysOf(fromMs: number, toMs: number): string[] {
  const days: string[] = [];
  for (let hour = startOfHour(fromMs); hour < toMs; hour += hourMs) {
    const day = hourFolder(hour).slice(0, 10);
    if (days.at(-1) !== day) days.push(day);
  }
  return days;
}

export const captureStore = (objects: Objects, bucket: string): CaptureStore => ({
  async append(source, records) {
    const writes = [...byHour(records)].map(async ([hour, batch]) => {
      const body = linesOf(batch);
      const id = createHash("sha256").update(body).digest("hex").slice(0, 32);
      const key = `${capturePrefix(source)}${hourFolder(hour)}/${id}.jsonl`;
      await objects.putIfAbsent({ bucket, key }, body, "application/jsonlines");
      return key;
    });
    return await Promise.all(writes);
  },

  async list(source, fromMs, toMs) {
    const listings = await Promise.all(daysOf(fromMs, toMs).map((day) => objects.list(bucket, `${capturePrefix(source)}${day}/`)));
    const hours = new Map<number, string[]>();
    for (const { key } of listings.flat()) {
      const hour = hourOf(key);
      if (hour === undefined || hour + hourMs <= fromMs || hour >= toMs) continue;
      hours.set(hour, [...(hours.get(hour) ?? []), key]);
    }
    return [...hours].map(([hour, keys]): CapturedHour => ({ hour, keys: keys.toSorted() })).toSorted((a, b) => a.hour - b.hour);
  },

  async records(key) {
    const bytes = await objects.get({ bucket, key });
    const lines = bytes === undefined ? [] : Buffer.from(bytes).toString("utf8").split("\n");
    return lines.flatMap((line) => recordIn(line) ?? []);
  },

  async variants(endpoint) {
    return (await objects.folders(bucket, `captures/${segment(endpoint)}/`)).map(decodeURIComponent);
  },
});
