import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import type { PreviewJoin } from "#core/features/preview-join.ts";
import { withInputErrors } from "./feature-input-errors.ts";
import { type FeatureHistory, preparedJoin } from "./point-in-time.ts";
import { identifier, withDuckDb } from "./session.ts";

const text = z.string().nullable();
/** RFC 4180; an empty cell is a missing value. */
const cell = (value: string | number | boolean | null) => (value === null ? "" : `"${String(value).replaceAll('"', '""')}"`);
const line = (cells: readonly (string | number | boolean | null)[]) => `${cells.map(cell).join(",")}\n`;

/** Joins on DuckDB as training sets are joined, with the rows in a scratch file; the types of their columns are read from their texts, as from any CSV. */
export const previewJoin = (history: FeatureHistory, memoryMiB: number): PreviewJoin => ({
  preview: ({ columns, rows, ...request }) =>
    withDuckDb(
      (session) =>
        withInputErrors(async () => {
          const path = join(session.folder, "rows.csv");
          await writeFile(path, [columns, ...rows].map(line).join(""));
          const prepared = await preparedJoin(session, history, path, request);
          await session.run(`CREATE TABLE joined AS ${prepared.query}`);
          const values = prepared.columns.map((name, index) => `CAST(${identifier(name)} AS VARCHAR) AS v${index}`);
          const found = await session.rows(`SELECT ${values.join(", ")} FROM joined ORDER BY rowid`);
          return { columns: prepared.columns, rows: found.map((row) => prepared.columns.map((_, index) => text.parse(row[`v${index}`]))) };
        }),
      { memoryMiB },
    ),
});
