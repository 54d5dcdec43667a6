import type { ColumnName } from "#core/tracking/record-index.ts";
import { byteReader, byteWriter } from "../../dynamodb/tracking/bytes.ts";
import { compress, decompress } from "../../dynamodb/tracking/compression.ts";
import type { Extent } from "../objects.ts";

export interface BlockColumn extends ColumnName {
  readonly cells: Extent;
  /** Steps and timestamps, for metrics. */
  readonly moments?: Extent;
}

/** What a block says of itself: its rows, where each column lies and, in blocks of wide records, where each whole record lies. */
export interface BlockHead {
  readonly ids: readonly string[];
  /** The version of the base that each row was made from. */
  readonly versions: readonly number[];
  readonly columns: readonly BlockColumn[];
  readonly documents: readonly Extent[] | undefined;
}

/** The lengths that follow the head: of each column's one or two pieces, then of each document. */
export interface HeadParts {
  readonly ids: readonly string[];
  readonly versions: readonly number[];
  readonly columns: readonly (ColumnName & { readonly cells: number; readonly moments: number })[];
  readonly documents: readonly number[];
}

const format = 1;
const entities = ["text", "integer", "param", "tag", "metric", "link"] as const;

/** The length of the packed head in four bytes, then the head. */
export function packHead({ ids, versions, columns, documents }: HeadParts): Buffer {
  const writer = byteWriter(4096);
  writer.unsigned(format);
  writer.unsigned(ids.length);
  for (const id of ids) writer.text(id);
  for (const version of versions) writer.unsigned(version);
  writer.unsigned(columns.length);
  for (const { entity, key, cells, moments } of columns) {
    writer.unsigned(entities.indexOf(entity));
    writer.text(key);
    writer.unsigned(cells);
    writer.unsigned(moments);
  }
  writer.unsigned(documents.length);
  for (const length of documents) writer.unsigned(length);
  const packed = compress(writer.done(), "zstd");
  const length = Buffer.allocUnsafe(4);
  length.writeUInt32LE(packed.length);
  return Buffer.concat([length, packed]);
}

/** @param bytes a block's beginning, at least all of its head */
export function unpackHead(bytes: Buffer): BlockHead {
  const headEnd = 4 + bytes.readUInt32LE(0);
  const reader = byteReader(decompress(bytes.subarray(4, headEnd)));
  const found = reader.unsigned();
  if (found !== format) throw new RangeError(`a block of format ${found} cannot be read, only of format ${format}`);
  const ids = Array.from({ length: reader.unsigned() }, () => reader.text());
  const versions = ids.map(() => reader.unsigned());
  let next = headEnd;
  const extent = (length: number): Extent => {
    next += length;
    return { start: next - length, end: next };
  };
  const columns = Array.from({ length: reader.unsigned() }, (): BlockColumn => {
    const entity = entities[reader.unsigned()] ?? "text";
    const key = reader.text();
    const cells = extent(reader.unsigned());
    const moments = reader.unsigned();
    return { entity, key, cells, ...(moments > 0 && { moments: extent(moments) }) };
  });
  const documents = Array.from({ length: reader.unsigned() }, () => extent(reader.unsigned()));
  return { ids, versions, columns, documents: documents.length > 0 ? documents : undefined };
}
