/** One field of a protobuf message (https://protobuf.dev/programming-guides/encoding/). */
export interface Field {
  readonly number: number;
  /** Of types 0, 1 and 5. A varint beyond 2^53 loses its last digits. */
  readonly value: number;
  /** Of type 2: a view, not a copy. Empty for the others. */
  readonly bytes: Uint8Array;
}

const nothing = new Uint8Array();
const mostVarintBytes = 10;

/** The file is not what it claims to be. */
export class MalformedModel extends Error {
  override readonly name = "MalformedModel";
}

/** Walks over a message's fields. Nothing outside of `bytes` is ever read; every step goes forward. @throws MalformedModel */
export function* fieldsOf(bytes: Uint8Array): Generator<Field> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const take = (count: number): number => {
    if (!(count >= 0) || count > bytes.length - at) throw new MalformedModel(`a field of ${count} bytes at ${at} reaches beyond the end at ${bytes.length}`);
    at += count;
    return at - count;
  };
  const varint = (): number => {
    const first = bytes[at];
    if (first !== undefined && first < 0x80) return bytes[take(1)] ?? 0;
    let value = 0n;
    for (let index = 0; index < mostVarintBytes; index += 1) {
      const byte = bytes[take(1)] ?? 0;
      value |= BigInt(byte & 0x7f) << BigInt(7 * index);
      if (byte < 0x80) return Number(BigInt.asIntN(64, value));
    }
    throw new MalformedModel(`a number at ${at} has more than ${mostVarintBytes} bytes`);
  };
  while (at < bytes.length) {
    const tag = varint();
    const number = Math.floor(tag / 8);
    if (number < 1) throw new MalformedModel(`a field at ${at} has the number ${number}`);
    const type = tag & 7;
    if (type === 0) yield { number, value: varint(), bytes: nothing };
    else if (type === 1) yield { number, value: view.getFloat64(take(8), true), bytes: nothing };
    else if (type === 5) yield { number, value: view.getFloat32(take(4), true), bytes: nothing };
    else if (type === 2) {
      const length = varint();
      const start = take(length);
      yield { number, value: 0, bytes: bytes.subarray(start, start + length) };
    } else throw new MalformedModel(`a field at ${at} has the unknown wire type ${type}`);
  }
}

const decoder = new TextDecoder();
const longestText = 2000;

/** A text field; what is longer than anybody reads is cut. */
export const textOf = (bytes: Uint8Array): string => decoder.decode(bytes.subarray(0, longestText));

/** The integers of a repeated field that is packed, at most `most` of them. */
export function packedIntegers(bytes: Uint8Array, most: number): readonly number[] {
  const found: number[] = [];
  let [value, shift] = [0n, 0n];
  for (const byte of bytes) {
    if (found.length >= most) break;
    value |= BigInt(byte & 0x7f) << shift;
    shift += 7n;
    if (shift > 70n) throw new MalformedModel("a packed number has more than 10 bytes");
    if (byte >= 0x80) continue;
    found.push(Number(BigInt.asIntN(64, value)));
    [value, shift] = [0n, 0n];
  }
  return found;
}
