/** How a column's values are laid out (Parquet's physical types) and read (its logical types). */
export type ColumnType = "boolean" | "int32" | "int64" | "float" | "double" | "text" | "bytes" | "timestamp";
export type Cell = boolean | number | bigint | string | Uint8Array | null;

/** Parquet's number of each physical type (parquet.thrift, enum Type). */
export const physicalTypes: Readonly<Record<ColumnType, number>> = { boolean: 0, int32: 1, int64: 2, float: 4, double: 5, text: 6, bytes: 6, timestamp: 2 };

const widths: Partial<Readonly<Record<ColumnType, number>>> = { int32: 4, int64: 8, float: 4, double: 8, timestamp: 8 };

function booleans(values: readonly Cell[]): Buffer {
  const bytes = Buffer.alloc(Math.ceil(values.length / 8));
  for (const [index, value] of values.entries()) if (value === true) bytes.writeUInt8(bytes.readUInt8(index >> 3) | (1 << (index & 7)), index >> 3);
  return bytes;
}

/** Values that are there, in Parquet's PLAIN encoding. Timestamps are microseconds. */
export function plainBytes(type: ColumnType, values: readonly Cell[]): Buffer {
  if (type === "boolean") return booleans(values);
  const width = widths[type];
  if (width === undefined) {
    return Buffer.concat(
      values.flatMap((value) => {
        const bytes = typeof value === "string" ? Buffer.from(value, "utf8") : Buffer.from(value as Uint8Array);
        const length = Buffer.alloc(4);
        length.writeUInt32LE(bytes.length);
        return [length, bytes];
      }),
    );
  }
  const bytes = Buffer.alloc(width * values.length);
  for (const [index, value] of values.entries()) {
    const at = index * width;
    if (type === "int32") bytes.writeInt32LE(Number(value), at);
    else if (type === "float") bytes.writeFloatLE(Number(value), at);
    else if (type === "double") bytes.writeDoubleLE(Number(value), at);
    else bytes.writeBigInt64LE(BigInt(value as number | bigint), at);
  }
  return bytes;
}

/** Levels as one bit-packed run of the RLE hybrid, behind its length (Encodings.md, "Run Length Encoding / Bit-Packing Hybrid"). */
export function levelBytes(levels: readonly number[], max: number): Buffer {
  const bits = 32 - Math.clz32(max);
  const groups = Math.ceil(levels.length / 8);
  const packed = Buffer.alloc(groups * bits);
  let bit = 0;
  for (const level of levels) {
    for (let shift = 0; shift < bits; shift++, bit++) if ((level >> shift) & 1) packed.writeUInt8(packed.readUInt8(bit >> 3) | (1 << (bit & 7)), bit >> 3);
  }
  const header: number[] = [];
  let rest = (groups << 1) | 1;
  for (; rest > 0x7f; rest >>>= 7) header.push((rest & 0x7f) | 0x80);
  header.push(rest);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length + packed.length);
  return Buffer.concat([length, Buffer.from(header), packed]);
}
