/*
 * The part of Thrift's compact protocol that Parquet footers and page headers need
 * (thrift/doc/specs/thrift-compact-protocol.md): structs, 32- and 64-bit integers, booleans, binaries, lists.
 */
export type ThriftField =
  | { readonly i32: number }
  | { readonly i64: bigint }
  | { readonly bool: boolean }
  | { readonly text: string }
  | { readonly struct: ThriftStruct }
  | { readonly list: readonly ThriftField[] };
/** Fields by their number. */
export type ThriftStruct = Readonly<Record<number, ThriftField>>;

function varint(value: bigint): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 0x7fn) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return bytes;
}
const zigzag = (value: bigint) => varint(value >= 0n ? value * 2n : -value * 2n - 1n);

function typeOf(field: ThriftField): number {
  if ("bool" in field) return field.bool ? 1 : 2;
  if ("i32" in field) return 5;
  if ("i64" in field) return 6;
  if ("text" in field) return 8;
  return "list" in field ? 9 : 12;
}

function payload(field: ThriftField): number[] {
  if ("bool" in field) return [];
  if ("i32" in field) return zigzag(BigInt(field.i32));
  if ("i64" in field) return zigzag(field.i64);
  if ("struct" in field) return [...encodeThrift(field.struct)];
  if ("text" in field) {
    const bytes = Buffer.from(field.text, "utf8");
    return [...varint(BigInt(bytes.length)), ...bytes];
  }
  const [first] = field.list;
  const type = first ? typeOf(first) : 12;
  const size = field.list.length;
  return [...(size < 15 ? [(size << 4) | type] : [0xf0 | type, ...varint(BigInt(size))]), ...field.list.flatMap(payload)];
}

/** A struct's bytes; its fields are numbered from 1, each less than 16 after the one before. */
export function encodeThrift(struct: ThriftStruct): Buffer {
  const bytes: number[] = [];
  let before = 0;
  for (const number of Object.keys(struct).map(Number)) {
    const field = struct[number];
    if (!field) continue;
    bytes.push(((number - before) << 4) | typeOf(field), ...payload(field));
    before = number;
  }
  return Buffer.from([...bytes, 0]);
}
