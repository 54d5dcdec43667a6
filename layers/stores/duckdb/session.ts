import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance, type DuckDBValue } from "@duckdb/node-api";

/** A DuckDB database of its own, in memory, with a scratch folder; both are gone when the work is done. */
export interface DuckDbSession {
  /** For files that the work reads and writes; spilled intermediates go here too. */
  readonly folder: string;
  run(sql: string, values?: readonly DuckDBValue[]): Promise<void>;
  /** Rows as plain objects: BIGINT as bigint, TIMESTAMP and lists in DuckDB's own value classes. */
  rows(sql: string, values?: readonly DuckDBValue[]): Promise<Record<string, DuckDBValue>[]>;
  /** The result in parts of some 2,000 rows, each as columns in the order of the query; only one part is in memory at a time. */
  chunks(sql: string, values?: readonly DuckDBValue[]): AsyncIterable<readonly (readonly DuckDBValue[])[]>;
}

/** @param memoryMiB beyond this DuckDB spills to the scratch folder @default 512 */
export async function withDuckDb<T>(work: (session: DuckDbSession) => Promise<T>, { memoryMiB = 512, threads = 2 } = {}): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "capstan-duckdb-"));
  const instance = await DuckDBInstance.create(":memory:", {
    memory_limit: `${memoryMiB}MiB`,
    threads: String(threads),
    temp_directory: join(folder, "spill"),
    autoinstall_known_extensions: "false",
  });
  const connection = await instance.connect();
  try {
    return await work({
      folder,
      run: async (sql, values = []) => void (await connection.run(sql, [...values])),
      rows: async (sql, values = []) => (await connection.runAndReadAll(sql, [...values])).getRowObjects(),
      async *chunks(sql, values = []) {
        for await (const chunk of await connection.stream(sql, [...values])) yield chunk.getColumns();
      },
    });
  } finally {
    connection.closeSync();
    instance.closeSync();
    await rm(folder, { recursive: true, force: true });
  }
}

/** A name as an SQL identifier, whatever characters it holds. */
export const identifier = (name: string) => `"${name.replaceAll('"', '""')}"`;
/** A text as an SQL literal: for file paths, which DuckDB takes only as literals in some places. Use parameters elsewhere. */
export const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;
