import { createHash } from "node:crypto";
import type { Int64 } from "#contracts/int64.ts";
import { byStep, type Point } from "#core/tracking/points.ts";
import { byteReader, byteWriter, difference, sum } from "./bytes.ts";
import { compress, decompress } from "./compression.ts";

/** One point as an element of the live item's set: step, timestamp, value, key. About 27 bytes for `train/loss`. */
export function encodePoint({ step, timestamp, value, key }: Point): Buffer {
  const writer = byteWriter(64);
  writer.signed(step);
  writer.signed(timestamp);
  writer.float(value);
  writer.rest(key);
  return writer.done();
}

export function decodePoint(bytes: Uint8Array): Point {
  const reader = byteReader(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const step = reader.signed();
  const timestamp = reader.signed();
  const value = reader.float();
  return { key: reader.rest(), step, timestamp, value };
}

/** Byte k of every 8-byte value side by side: exponents compress well next to each other. */
export function shuffled(values: Buffer): Buffer {
  const count = values.length / 8;
  const out = Buffer.allocUnsafe(values.length);
  for (let byte = 0; byte < 8; byte++) for (let i = 0; i < count; i++) out[byte * count + i] = values[i * 8 + byte] ?? 0;
  return out;
}
export function unshuffled(bytes: Buffer, start: number, count: number): Buffer {
  const out = Buffer.allocUnsafe(count * 8);
  for (let byte = 0; byte < 8; byte++) for (let i = 0; i < count; i++) out[i * 8 + byte] = bytes[start + byte * count + i] ?? 0;
  return out;
}

const byKey = (a: Point, b: Point) => (a.key < b.key ? -1 : a.key > b.key ? 1 : byStep(a, b));

/** By key, then step, each point once: equal sets of points give equal bytes. */
function canonical(points: Iterable<Point>): Point[] {
  const sorted = [...points].sort(byKey);
  return sorted.filter((point, index) => {
    const before = sorted[index - 1];
    return before === undefined || byKey(before, point) !== 0;
  });
}

function rawPoints(points: Iterable<Point>): { raw: Buffer; keyBytes: number } {
  const sorted = canonical(points);
  const counts = new Map<string, number>();
  for (const { key } of sorted) counts.set(key, (counts.get(key) ?? 0) + 1);
  const writer = byteWriter(sorted.length * 6 + 256);
  writer.unsigned(counts.size);
  for (const key of counts.keys()) writer.text(key);
  const keyBytes = writer.done().length;
  for (const count of counts.values()) writer.unsigned(count);
  let step: Int64 = 0;
  for (const point of sorted) {
    writer.signed(difference(point.step, step));
    step = point.step;
  }
  let timestamp: Int64 = 0;
  for (const point of sorted) {
    writer.signed(difference(point.timestamp, timestamp));
    timestamp = point.timestamp;
  }
  const values = Buffer.allocUnsafe(sorted.length * 8);
  for (const [index, { value }] of sorted.entries()) values.writeDoubleLE(value, index * 8);
  return { raw: Buffer.concat([writer.done(), shuffled(values)]), keyBytes };
}

/** Deflate is smaller on numbers, zstd on long lists of names. */
const pack = ({ raw, keyBytes }: ReturnType<typeof rawPoints>) => compress(raw, keyBytes > 4096 ? "zstd" : "deflate");

export const encodePoints = (points: Iterable<Point>): Buffer => pack(rawPoints(points));

/** The points, packed, and their name: the hash of what was packed, so that it is the same whatever the compressor's version. */
export function encodeChunk(points: Iterable<Point>): { hash: string; packed: Buffer } {
  const encoded = rawPoints(points);
  return { hash: createHash("sha256").update(encoded.raw).digest("hex").slice(0, 24), packed: pack(encoded) };
}

/** @param only when given, points of other keys are skipped */
export function decodePoints(packed: Uint8Array, only?: string): Point[] {
  const raw = decompress(Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength));
  const reader = byteReader(raw);
  const keys = Array.from({ length: reader.unsigned() }, () => reader.text());
  const counts = keys.map(() => reader.unsigned());
  const total = counts.reduce((all, count) => all + count, 0);
  const running = () => {
    let value: Int64 = 0;
    return Array.from({ length: total }, () => (value = sum(value, reader.signed())));
  };
  const steps = running();
  const timestamps = running();
  const values = unshuffled(raw, reader.position(), total);
  const points: Point[] = [];
  let index = 0;
  for (const [at, key] of keys.entries()) {
    const end: number = index + (counts[at] ?? 0);
    if (only !== undefined && key !== only) index = end;
    for (; index < end; index++) points.push({ key, step: steps[index] ?? 0, timestamp: timestamps[index] ?? 0, value: values.readDoubleLE(index * 8) });
  }
  return points;
}
