import { join } from "node:path";
import * as z from "zod";
import type { DatasetColumn } from "#contracts/platform/data-contract.ts";
import type { SplitRule } from "#contracts/platform/dataset-tasks.ts";
import { invalid } from "#core/errors.ts";
import { type DuckDbSession, identifier, literal } from "./session.ts";

export interface SplitFile {
  readonly file: string;
  readonly rows: number;
}
const count = z.bigint().transform(Number);

function known(columns: readonly DatasetColumn[], role: string, name: string): string {
  if (!columns.some((column) => column.name === name)) throw invalid(`split.${role} must be a column of the dataset, got ${JSON.stringify(name)}`);
  return identifier(name);
}

/** A number in [0, 1) from 52 bits of SHA-256 of the seed and the row's key. */
function position(columns: readonly DatasetColumn[], { key, seed }: SplitRule): string {
  const parts = key === undefined ? columns.map(({ name }) => identifier(name)) : [known(columns, "key", key)];
  // A separator and a mark for null that text does not hold: ("a", null) and ("a", "") are different rows.
  const text = parts.map((part) => `coalesce(CAST(${part} AS VARCHAR), chr(2))`).join(", ");
  return `CAST(concat('0x', substr(sha256(concat_ws(chr(1), '${seed}', ${text})), 1, 13)) AS UBIGINT) / ${2 ** 52}`;
}

/**
 * Divides rows into test and train by hash: the same row always falls on the same side, and repeated rows fall together, so that none
 * leaks from one into the other. Stratified, each value keeps its proportion, and rows may change sides as rows are added.
 * @throws DomainError when a side would be empty
 */
export async function splitFile(
  session: DuckDbSession,
  file: string,
  columns: readonly DatasetColumn[],
  rule: SplitRule,
): Promise<{ readonly train: SplitFile; readonly test: SplitFile }> {
  const stratum = rule.stratify === undefined ? undefined : known(columns, "stratify", rule.stratify);
  const isTest =
    stratum === undefined
      ? `u < ${rule.testShare}`
      : `rank() OVER (PARTITION BY ${stratum} ORDER BY u) <= round(${rule.testShare} * count(*) OVER (PARTITION BY ${stratum}))`;
  await session.run(
    `CREATE OR REPLACE TABLE sides AS SELECT file_row_number AS row, ${isTest} AS test
     FROM (SELECT *, ${position(columns, rule)} AS u FROM read_parquet(${literal(file)}, file_row_number = true))`,
  );
  const write = async (name: string, condition: string): Promise<SplitFile> => {
    const target = join(session.folder, `${name}.parquet`);
    await session.run(
      `COPY (SELECT ${columns.map((column) => `f.${identifier(column.name)}`).join(", ")} FROM read_parquet(${literal(file)}, file_row_number = true) f
       JOIN sides ON sides.row = f.file_row_number WHERE ${condition} ORDER BY f.file_row_number) TO ${literal(target)} (FORMAT parquet, COMPRESSION zstd)`,
    );
    const [row = {}] = await session.rows(`SELECT count(*) AS rows FROM sides WHERE ${condition}`);
    const rows = count.parse(row["rows"]);
    if (rows === 0) throw invalid(`split.testShare of ${rule.testShare} leaves no rows for ${name}`);
    return { file: target, rows };
  };
  return { train: await write("train", "NOT test"), test: await write("test", "test") };
}
