import type { Int64 } from "#contracts/int64.ts";
import type { InfoValue, RecordState } from "#core/tracking/record.ts";
import { compress, decompress } from "./compression.ts";
import { decodePoints, encodePoints } from "./points-codec.ts";

type Entries = (readonly [string, string])[];
/** Integers as decimal strings in a list of their own: JSON numbers would lose digits beyond 2^53. */
interface Attributes {
  readonly texts: Entries;
  readonly integers: Entries;
  readonly params: Entries;
  readonly tags: Entries;
  readonly links: Entries;
}

const integer = (digits: string): Int64 => (Number.isSafeInteger(Number(digits)) ? Number(digits) : BigInt(digits));

/** A record as bytes: [length of attributes][attributes, JSON, compressed][latest points, as in a chunk]. */
export function packDocument({ info, params, tags, links, metrics }: RecordState): Buffer {
  const fields = [...info];
  const attributes: Attributes = {
    texts: fields.flatMap(([key, value]) => (typeof value === "string" ? [[key, value] as const] : [])),
    integers: fields.flatMap(([key, value]) => (typeof value === "string" ? [] : [[key, String(value)] as const])),
    params: [...params],
    tags: [...tags],
    links: [...links],
  };
  const head = compress(Buffer.from(JSON.stringify(attributes)), "deflate");
  const length = Buffer.allocUnsafe(4);
  length.writeUInt32LE(head.length);
  return Buffer.concat([length, head, encodePoints(metrics.values())]);
}

export function unpackDocument(bytes: Uint8Array): RecordState {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = 4 + buffer.readUInt32LE(0);
  const attributes = JSON.parse(decompress(buffer.subarray(4, end)).toString("utf8")) as Attributes;
  return {
    info: new Map<string, InfoValue>([...attributes.texts, ...attributes.integers.map(([key, digits]) => [key, integer(digits)] as const)]),
    params: new Map(attributes.params),
    tags: new Map(attributes.tags),
    links: new Map(attributes.links),
    metrics: new Map(decodePoints(buffer.subarray(end)).map((point) => [point.key, point])),
  };
}
