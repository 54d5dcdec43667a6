import type { Int64 } from "#contracts/int64.ts";
import type { CellColumn } from "#core/search/columns.ts";
import { byteReader, byteWriter, difference, sum } from "../../dynamodb/tracking/bytes.ts";
import { compress, decompress } from "../../dynamodb/tracking/compression.ts";
import { shuffled, unshuffled } from "../../dynamodb/tracking/points-codec.ts";

/**
 * One column of a block as bytes, compressed by itself: which rows have the cell (their count and, unless all do, the distances between
 * them), then the cells of those rows. Texts: the different ones, then a number for each row. Integers: differences, so that any 64-bit
 * integer is exact. Doubles: byte k of every value side by side.
 */
export interface Sparse<T> {
  readonly rows: readonly number[];
  readonly cells: readonly T[];
}

const pack = (bytes: Buffer) => compress(bytes, "deflate");
const unpack = (bytes: Uint8Array) => decompress(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
type Writer = ReturnType<typeof byteWriter>;
type Reader = ReturnType<typeof byteReader>;

function writeRows(writer: Writer, rows: readonly number[], count: number): void {
  writer.unsigned(rows.length);
  if (rows.length === count) return;
  let last = 0;
  for (const row of rows) {
    writer.unsigned(row - last);
    last = row;
  }
}
function readRows(reader: Reader, count: number): readonly number[] | undefined {
  const length = reader.unsigned();
  if (length === count) return undefined;
  let last = 0;
  return Array.from({ length }, () => (last += reader.unsigned()));
}
/** 1 where a row has the cell; undefined where all have it. */
const presence = (rows: readonly number[] | undefined, count: number): Uint8Array | undefined => {
  if (rows === undefined) return undefined;
  const present = new Uint8Array(count);
  for (const row of rows) present[row] = 1;
  return present;
};

function writeIntegers(writer: Writer, integers: readonly Int64[]): void {
  let last: Int64 = 0;
  for (const integer of integers) {
    writer.signed(difference(integer, last));
    last = integer;
  }
}
function readIntegers(reader: Reader, count: number): Int64[] {
  let last: Int64 = 0;
  return Array.from({ length: count }, () => (last = sum(last, reader.signed())));
}
/** Values by row, 0 where there is none. */
function spread<T>(values: readonly T[], rows: readonly number[] | undefined, count: number, none: T): readonly T[] {
  if (rows === undefined) return values;
  const all = new Array<T>(count).fill(none);
  for (const [index, row] of rows.entries()) all[row] = values[index] ?? none;
  return all;
}

export function packTexts({ rows, cells }: Sparse<string>, count: number): Buffer {
  const codes = new Map<string, number>();
  for (const text of cells) if (!codes.has(text)) codes.set(text, codes.size);
  const writer = byteWriter(256);
  writeRows(writer, rows, count);
  writer.unsigned(codes.size);
  for (const text of codes.keys()) writer.text(text);
  for (const text of cells) writer.unsigned(codes.get(text) ?? 0);
  return pack(writer.done());
}
export function unpackTexts(bytes: Uint8Array, count: number): Extract<CellColumn, { kind: "text" }> {
  const reader = byteReader(unpack(bytes));
  const rows = readRows(reader, count);
  const texts: (string | undefined)[] = [undefined];
  for (let left = reader.unsigned(); left > 0; left--) texts.push(reader.text());
  const codes = new Uint16Array(count);
  for (let index = 0; index < (rows?.length ?? count); index++) codes[rows ? (rows[index] ?? 0) : index] = reader.unsigned() + 1;
  return { kind: "text", codes, texts };
}

export function packIntegers({ rows, cells }: Sparse<Int64>, count: number): Buffer {
  const writer = byteWriter(256);
  writeRows(writer, rows, count);
  writeIntegers(writer, cells);
  return pack(writer.done());
}
export function unpackIntegers(bytes: Uint8Array, count: number): Extract<CellColumn, { kind: "number" }> {
  const reader = byteReader(unpack(bytes));
  const rows = readRows(reader, count);
  return { kind: "number", values: spread(readIntegers(reader, rows?.length ?? count), rows, count, 0), present: presence(rows, count) };
}

export function packDoubles({ rows, cells }: Sparse<number>, count: number): Buffer {
  const writer = byteWriter(256);
  writeRows(writer, rows, count);
  const values = Buffer.allocUnsafe(cells.length * 8);
  for (const [index, value] of cells.entries()) values.writeDoubleLE(value, index * 8);
  return pack(Buffer.concat([writer.done(), shuffled(values)]));
}
export function unpackDoubles(bytes: Uint8Array, count: number): Extract<CellColumn, { kind: "number" }> {
  const raw = unpack(bytes);
  const reader = byteReader(raw);
  const rows = readRows(reader, count);
  const length = rows?.length ?? count;
  const packed = unshuffled(raw, reader.position(), length);
  const values = new Float64Array(count);
  for (let index = 0; index < length; index++) values[rows ? (rows[index] ?? 0) : index] = packed.readDoubleLE(index * 8);
  return { kind: "number", values, present: presence(rows, count) };
}

/** Steps and timestamps of the latest points of one key, for the rows that have one. */
export function packMoments(steps: readonly Int64[], timestamps: readonly Int64[]): Buffer {
  const writer = byteWriter(256);
  writer.unsigned(steps.length);
  writeIntegers(writer, steps);
  writeIntegers(writer, timestamps);
  return pack(writer.done());
}
/** Both by row. */
export interface Moments {
  readonly steps: readonly Int64[];
  readonly timestamps: readonly Int64[];
}
/** @param present of the same metric's values */
export function unpackMoments(bytes: Uint8Array, count: number, present: ArrayLike<number> | undefined): Moments {
  const reader = byteReader(unpack(bytes));
  const length = reader.unsigned();
  const rows = present && Array.from({ length: count }, (_, row) => row).filter((row) => present[row] === 1);
  return { steps: spread(readIntegers(reader, length), rows, count, 0), timestamps: spread(readIntegers(reader, length), rows, count, 0) };
}
