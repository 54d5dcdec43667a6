import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { TableSource } from "#core/training/train-model.ts";
import { type Objects, parseS3Uri } from "../s3/objects.ts";
import { withDuckDb } from "./session.ts";
import { readTable, sourceColumns } from "./training-table.ts";

/** A table with the SHA-256 of its file. */
export interface HashedTable extends TableSource {
  readonly hash: () => Promise<string>;
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}

/** Opens Parquet and CSV files of the object store, each in a DuckDB of its own. */
export const trainingTables =
  (objects: Objects, memoryMiB: number) =>
  <T>(uri: string, work: (source: HashedTable) => Promise<T>): Promise<T> =>
    withDuckDb(
      async (session) => {
        const file = join(session.folder, uri.endsWith(".csv") ? "table.csv" : "table.parquet");
        await objects.download(parseS3Uri(uri), file);
        const columns = await sourceColumns(session, file);
        return work({ columns, read: (features, target) => readTable(session, file, features, target), hash: () => hashOf(file) });
      },
      { memoryMiB },
    );
