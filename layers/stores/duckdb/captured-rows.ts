import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { CaptureRecord } from "#contracts/sagemaker/capture.ts";
import { type CapturedRow, capturedRows } from "#core/monitoring/captured-rows.ts";
import type { Cell } from "#core/monitoring/payload-columns.ts";
import { type DuckDbSession, identifier, literal } from "./session.ts";

/** Which prediction a row is; the prefix keeps these apart from features of any name. */
export const eventId = identifier("capstan_event_id");
export const position = identifier("capstan_position");
export const inferenceTime = identifier("capstan_inference_time");
const own = { capstan_event_id: "VARCHAR", capstan_position: "INTEGER", capstan_inference_time: "TIMESTAMP" } as const;

/** A client that makes up a new name for every request must not make a file of as many columns. */
const maxColumns = 4000;

/** Collects names and types as rows pass by. SQL names know no case: of two that differ only there the first is kept. */
function columnTypes() {
  const types = new Map<string, "DOUBLE" | "BOOLEAN" | "VARCHAR">();
  const spelling = new Map<string, string>(Object.keys(own).map((name) => [name, ""]));
  return {
    types,
    /** Whether a column of this name can be written. */
    admits(name: string): boolean {
      const known = spelling.get(name.toLowerCase());
      if (known !== undefined) return known === name;
      if (spelling.size >= maxColumns) return false;
      spelling.set(name.toLowerCase(), name);
      return true;
    },
    see(name: string, value: Cell): void {
      if (value === null) return;
      const type = typeof value === "number" ? "DOUBLE" : typeof value === "boolean" ? "BOOLEAN" : "VARCHAR";
      const known = types.get(name);
      types.set(name, known === undefined || known === type ? type : "VARCHAR");
    },
  };
}
type Columns = ReturnType<typeof columnTypes>;

function toJson({ eventId: id, position: place, inferenceTime: at, cells }: CapturedRow, columns: Columns): string {
  const row: Record<string, Cell> = { capstan_event_id: id, capstan_position: place, capstan_inference_time: at };
  for (const [name, value] of Object.entries(cells)) {
    if (!columns.admits(name)) continue;
    columns.see(name, value);
    row[name] = value;
  }
  return `${JSON.stringify(row)}\n`;
}

async function* jsonRows(lines: AsyncIterable<string>, columns: Columns): AsyncGenerator<string> {
  for await (const line of lines) {
    if (line === "") continue;
    for (const row of capturedRows(CaptureRecord.parse(JSON.parse(line)))) yield toJson(row, columns);
  }
}

/**
 * Capture lines as one Parquet file: a column per feature and prediction, one row per predicted row however often it was delivered.
 * @returns undefined where no line held a row
 */
export async function writeCapturedRows(session: DuckDbSession, name: string, lines: AsyncIterable<string>): Promise<string | undefined> {
  const columns = columnTypes();
  const text = join(session.folder, `${name}.jsonl`);
  await pipeline(Readable.from(jsonRows(lines, columns)), createWriteStream(text));
  const types = { ...own, ...Object.fromEntries(columns.types) };
  const declared = Object.entries(types).map(([column, type]) => `${literal(column)}: '${type}'`);
  if (columns.types.size === 0) return undefined;
  const target = join(session.folder, `${name}.parquet`);
  await session.run(
    `COPY (SELECT DISTINCT ON (${eventId}, ${position}) * FROM read_json(${literal(text)}, format = 'newline_delimited', columns = {${declared.join(", ")}},
     maximum_object_size = 8388608) ORDER BY ${eventId}, ${position}) TO ${literal(target)} (FORMAT parquet, COMPRESSION zstd)`,
  );
  await rm(text);
  return target;
}
