import { type AsyncBuffer, cachedAsyncBuffer, type FileMetaData, parquetMetadataAsync, parquetReadObjects, parquetSchema } from "hyparquet";
import { codecs } from "./parquet-codecs.ts";
import { readRange } from "./read-file.ts";

export interface ParquetFile {
  readonly buffer: AsyncBuffer;
  readonly metadata: FileMetaData;
  readonly columns: readonly string[];
  readonly rows: number;
  readonly rowGroups: number;
  readonly createdBy: string | undefined;
}
/** Below what a function's reply holds. */
const mostInOneRange = 4_000_000;

async function bytesBetween(file: string, from: number, to: number): Promise<ArrayBuffer> {
  const pieces: Uint8Array[] = [];
  for (let at = from; at < to; at += mostInOneRange) pieces.push((await readRange(file, `${at}-${Math.min(at + mostInOneRange, to) - 1}`)).bytes);
  return await new Blob(pieces as Uint8Array<ArrayBuffer>[]).arrayBuffer();
}

/** Opens a Parquet file by its footer. @throws Error where it is none */
export async function asyncBufferFrom(file: string, size: number, signal: AbortSignal): Promise<ParquetFile> {
  signal.throwIfAborted();
  const buffer = cachedAsyncBuffer({
    byteLength: size,
    slice: (start, end = size) => bytesBetween(file, start < 0 ? size + start : start, Math.min(end, size)),
  });
  const metadata = await parquetMetadataAsync(buffer);
  const columns = parquetSchema(metadata).children.map(({ element }) => element.name);
  return { buffer, metadata, columns, rows: Number(metadata.num_rows), rowGroups: metadata.row_groups.length, createdBy: metadata.created_by };
}

/** Some rows, column by column in the order of the file. */
export async function readPage({ buffer, metadata, columns, rows }: ParquetFile, start: number, count: number): Promise<readonly (readonly unknown[])[]> {
  const records = await parquetReadObjects({ file: buffer, metadata, compressors: codecs, rowStart: start, rowEnd: Math.min(start + count, rows) });
  return records.map((record) => columns.map((column) => record[column]));
}
