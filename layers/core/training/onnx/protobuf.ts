/** Fields of one message, still in parts: joined once, at the end. */
export type Message = readonly Uint8Array[];

const text = new TextEncoder();

function varint(value: number): Uint8Array {
  // Seven bits a byte, the least first (protobuf encoding, "Base 128 Varints"); negatives take two's complement of 64 bits.
  let rest = BigInt.asUintN(64, BigInt(value));
  const bytes: number[] = [];
  do {
    const low = Number(rest & 127n);
    rest >>= 7n;
    bytes.push(rest > 0n ? low | 128 : low);
  } while (rest > 0n);
  return Uint8Array.from(bytes);
}

const sizeOf = (parts: Message) => parts.reduce((sum, { length }) => sum + length, 0);

/** The bytes of a message. */
export function bytesOf(parts: Message): Uint8Array {
  const bytes = new Uint8Array(sizeOf(parts));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}

/** A whole number: wire type 0. */
export const integer = (field: number, value: number): Message => [varint(field * 8), varint(value)];
/** A message inside a message: wire type 2. */
export const message = (field: number, ...parts: readonly Message[]): Message => {
  const body = parts.flat();
  return [varint(field * 8 + 2), varint(sizeOf(body)), ...body];
};
export const bytes = (field: number, value: Uint8Array): Message => message(field, [value]);
export const string = (field: number, value: string): Message => bytes(field, text.encode(value));
/** Repeated floats, packed. */
export const floats = (field: number, values: Float32Array): Message => bytes(field, new Uint8Array(values.slice().buffer));
/** Repeated whole numbers, packed. */
export const integers = (field: number, values: Iterable<number>): Message => message(field, Array.from(values, varint));
