import { expect, it } from "vitest";
import type { Point } from "#core/tracking/points.ts";
import { emptyRecord } from "#core/tracking/record.ts";
import { byteReader, byteWriter, difference, sum } from "#stores/dynamodb/tracking/bytes.ts";
import { packDocument, unpackDocument } from "#stores/dynamodb/tracking/document-codec.ts";
import { decodePoint, decodePoints, encodeChunk, encodePoint, encodePoints } from "#stores/dynamodb/tracking/points-codec.ts";

const least = -(2n ** 63n);
const most = 2n ** 63n - 1n;
const integers = [
  0,
  1,
  -1,
  63,
  64,
  -64,
  -65,
  2 ** 31,
  2 ** 50,
  -(2 ** 51),
  2 ** 52 + 1,
  Number.MAX_SAFE_INTEGER,
  Number.MIN_SAFE_INTEGER,
  2n ** 53n,
  most,
  least,
];
const at = (key: string, step: Point["step"], timestamp: Point["timestamp"], value: number): Point => ({ key, step, timestamp, value });
const sample: readonly Point[] = [
  at("train/loss", 0, 1_763_700_000_000, 0.5),
  at("train/loss", 0, 1_763_700_000_000, Number.NaN),
  at("train/loss", most, most, Number.MAX_VALUE),
  at("train/loss", least, 0, -Number.MAX_VALUE),
  at("a", -5, 2, 5e-324),
  at("größe ✓", 2n ** 53n, 2n ** 53n + 1n, 0),
  at("__proto__", 1, 1, 1),
];
const shown = (points: readonly Point[]) => points.map(({ key, step, timestamp, value }) => `${key} ${step} ${timestamp} ${value}`).sort();

it.each(integers)("writes and reads the integer %s exactly", (value) => {
  const writer = byteWriter(1);
  writer.signed(value);

  expect(byteReader(writer.done()).signed()).toBe(value);
});

it("adds and subtracts 64-bit integers exactly", () => {
  for (const a of integers) for (const b of integers) expect(BigInt(sum(difference(a, b), b))).toBe(BigInt(a));
});

it.each(sample)("keeps the point $key at step $step as it is", (point) => {
  expect(decodePoint(encodePoint(point))).toEqual(point);
});

it("keeps every point of a chunk, and finds those of one key", () => {
  const packed = encodePoints(sample);

  expect(shown(decodePoints(packed))).toEqual(shown(sample));
  expect(shown(decodePoints(packed, "a"))).toEqual(["a -5 2 5e-324"]);
  expect(decodePoints(packed, "nobody")).toEqual([]);
});

it("names equal sets of points alike, whatever their order and repeats, and others differently", () => {
  const first = encodeChunk(sample);

  expect(encodeChunk([...sample].reverse().concat(sample))).toEqual(first);
  expect(encodeChunk(sample.slice(1)).hash).not.toBe(first.hash);
});

it("keeps a chunk of 1,000 noisy points under 10 KB, with 1,000 keys of 250 characters under 14 KB", () => {
  const noise = (key: (index: number) => string) =>
    Array.from({ length: 1000 }, (_, index) => at(key(index), index, 1_763_700_000_000 + index * 137 + ((index * 7919) % 50), Math.sin(index) * Math.E));
  const long = (index: number) => `experts.${index}.`.padEnd(240, "layer/attention/heads/projection/weight/norm/") + String(index).padStart(10, "0");

  expect(encodePoints(noise(() => "train/loss")).length).toBeLessThan(10_000);
  expect(encodePoints(noise(long)).length).toBeLessThan(14_000);
});

it("keeps a document with names of every kind and integers beyond 2^53", () => {
  const state = {
    ...emptyRecord,
    info: new Map<string, string | bigint | number>([
      ["status", "RUNNING"],
      ["start", 1_763_700_000_000],
      ["end", most],
    ]),
    params: new Map([["__proto__", "x"]]),
    tags: new Map([["mlflow.note", "ü".repeat(3000)]]),
    links: new Map([["dataset#1", '{"a":1}']]),
    metrics: new Map(sample.slice(4).map((point) => [point.key, point])),
  };

  expect(unpackDocument(packDocument(state))).toEqual(state);
});
