import * as z from "zod";
import type { DatasetColumn } from "#contracts/platform/data-contract.ts";
import type { ColumnProfile } from "#core/data/infer-contract.ts";
import { columnType } from "./column-types.ts";
import { columnsOf } from "./drift-columns.ts";
import { type DuckDbSession, identifier, literal } from "./session.ts";

/** Texts of more different values than this are not a set of choices. */
const maxChoices = 20;
const count = z.bigint().transform(Number);
const bound = z.number().nullable();

/** The columns of a Parquet file in our types. */
export const datasetColumns = async (session: DuckDbSession, file: string): Promise<DatasetColumn[]> =>
  (await columnsOf(session, file)).map(({ name, type }) => ({ name, type: columnType(name, type) }));

async function choices(session: DuckDbSession, relation: string, name: string): Promise<string[]> {
  const column = identifier(name);
  const rows = await session.rows(`SELECT DISTINCT ${column} AS v FROM ${relation} WHERE ${column} IS NOT NULL ORDER BY v`);
  return rows.map((row) => z.string().parse(row["v"]));
}

/** Counts and bounds of every column, in one pass and one short one per text with few values. */
export async function profileColumns(session: DuckDbSession, file: string): Promise<ColumnProfile[]> {
  const columns = await datasetColumns(session, file);
  const relation = `read_parquet(${literal(file)})`;
  const one = ({ name, type }: DatasetColumn, k: number) => {
    const column = identifier(name);
    const numeric = type === "integer" || type === "number";
    const bounds = numeric ? `CAST(min(${column}) AS DOUBLE) AS min${k}, CAST(max(${column}) AS DOUBLE) AS max${k}` : `NULL AS min${k}, NULL AS max${k}`;
    return `count(${column}) AS n${k}, ${type === "string" ? `count(DISTINCT ${column})` : "0::BIGINT"} AS d${k}, ${bounds}`;
  };
  const [row = {}] = await session.rows(`SELECT ${["count(*) AS rows", ...columns.map(one)].join(", ")} FROM ${relation}`);
  const rows = count.parse(row["rows"]);
  const profiles: ColumnProfile[] = [];
  for (const [k, column] of columns.entries()) {
    const distinct = count.parse(row[`d${k}`]);
    profiles.push({
      ...column,
      rows,
      nulls: rows - count.parse(row[`n${k}`]),
      distinct,
      min: bound.parse(row[`min${k}`]),
      max: bound.parse(row[`max${k}`]),
      values: column.type === "string" && distinct <= maxChoices ? await choices(session, relation, column.name) : null,
    });
  }
  return profiles;
}
