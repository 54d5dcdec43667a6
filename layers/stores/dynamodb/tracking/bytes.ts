import type { Int64 } from "#contracts/int64.ts";

/** Below this, sums and doubles of two integers are exact in a double; beyond it arithmetic goes through bigint. */
const exact = 2 ** 51;
const areExact = (a: Int64, b: Int64) => typeof a === "number" && typeof b === "number" && Math.max(Math.abs(a), Math.abs(b)) < exact;
const narrow = (value: bigint): Int64 => (value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value);

export const difference = (a: Int64, b: Int64): Int64 => (areExact(a, b) ? Number(a) - Number(b) : narrow(BigInt(a) - BigInt(b)));
export const sum = (a: Int64, b: Int64): Int64 => (areExact(a, b) ? Number(a) + Number(b) : narrow(BigInt(a) + BigInt(b)));

/** Appends to a growing buffer. Integers are LEB128 varints, signed ones zigzag first: the same integer always gives the same bytes. */
export interface ByteWriter {
  unsigned(value: number): void;
  signed(value: Int64): void;
  float(value: number): void;
  /** With its length before it. */
  text(value: string): void;
  /** Up to the end of the buffer, so without a length. */
  rest(value: string): void;
  done(): Buffer;
}

export function byteWriter(capacity: number): ByteWriter {
  let buffer = Buffer.allocUnsafe(capacity);
  let end = 0;
  const reserve = (size: number) => {
    if (end + size <= buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(buffer.length * 2, end + size));
    buffer.copy(larger, 0, 0, end);
    buffer = larger;
  };
  const unsigned = (value: number) => {
    reserve(10);
    let left = value;
    for (; left >= 128; left = Math.floor(left / 128)) buffer[end++] = (left % 128) | 128;
    buffer[end++] = left;
  };
  const unsignedBig = (value: bigint) => {
    reserve(12);
    let left = value;
    for (; left >= 128n; left >>= 7n) buffer[end++] = Number(left & 127n) | 128;
    buffer[end++] = Number(left);
  };
  const rest = (value: string) => {
    const size = Buffer.byteLength(value);
    reserve(size);
    end += buffer.write(value, end, size, "utf8");
  };
  return {
    unsigned,
    signed(value) {
      if (typeof value === "number" && Math.abs(value) < exact) return unsigned(value >= 0 ? value * 2 : -value * 2 - 1);
      const big = BigInt(value);
      return unsignedBig(big >= 0n ? big * 2n : -big * 2n - 1n);
    },
    float(value) {
      reserve(8);
      end = buffer.writeDoubleLE(value, end);
    },
    text(value) {
      unsigned(Buffer.byteLength(value));
      rest(value);
    },
    rest,
    done: () => buffer.subarray(0, end),
  };
}

export interface ByteReader {
  unsigned(): number;
  signed(): Int64;
  float(): number;
  text(): string;
  rest(): string;
  position(): number;
}

/** Reads what a {@link ByteWriter} wrote. */
export function byteReader(buffer: Buffer, start = 0): ByteReader {
  let at = start;
  const varint = (): Int64 => {
    let value = 0;
    for (let scale = 1; scale < 2 ** 49; scale *= 128) {
      const byte = buffer.readUInt8(at++);
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
    let big = BigInt(value);
    for (let shift = 49n; ; shift += 7n) {
      const byte = buffer.readUInt8(at++);
      big += BigInt(byte & 127) << shift;
      if (byte < 128) return big;
    }
  };
  const take = (size: number) => {
    at += size;
    return buffer.toString("utf8", at - size, at);
  };
  const unsigned = () => Number(varint());
  return {
    unsigned,
    signed() {
      const value = varint();
      if (typeof value === "number") return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
      return narrow(value % 2n === 0n ? value / 2n : -(value + 1n) / 2n);
    },
    float() {
      const value = buffer.readDoubleLE(at);
      at += 8;
      return value;
    },
    text: () => take(unsigned()),
    rest: () => take(buffer.length - at),
    position: () => at,
  };
}
