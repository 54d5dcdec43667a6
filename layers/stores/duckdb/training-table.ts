import type { DuckDBValue } from "@duckdb/node-api";
import { DependencyError, DomainError, invalid } from "#core/errors.ts";
import type { ColumnKind, FeatureColumn, SourceColumn } from "#core/training/column-choice.ts";
import type { Column, Table } from "#core/training/table.ts";
import type { RawTarget } from "#core/training/target.ts";
import { type DuckDbSession, identifier, literal } from "./session.ts";

/** Features and target of the rows that have a target, in the order of the file. */
export interface TableWithTarget {
  readonly table: Table;
  readonly target: RawTarget;
}

/** 32-bit numbers that fit a function's memory several times over. */
const maxValues = 50_000_000;

const numeric = /^(BOOLEAN|U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|FLOAT|DOUBLE|DECIMAL.*)$/;
const textual = /^(VARCHAR|UUID|ENUM.*)$/;
const kindOf = (type: string): ColumnKind => (numeric.test(type) ? "number" : textual.test(type) ? "text" : "other");

const relation = (file: string) => (file.endsWith(".csv") ? `read_csv(${literal(file)}, header = true, sample_size = -1)` : `read_parquet(${literal(file)})`);

/** What DuckDB cannot read is the caller's file, not our defect. */
async function reading<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof DomainError || cause instanceof DependencyError) throw cause;
    const reason = (cause as Error).message.split("\n")[0]?.slice(0, 300);
    throw new DomainError("INVALID_PARAMETER_VALUE", `table must be readable as its name says: ${reason}`, { cause });
  }
}

/** The columns of a file that ends in .parquet or .csv. */
export const sourceColumns = (session: DuckDbSession, file: string): Promise<readonly SourceColumn[]> =>
  reading(async () => {
    const described = await session.rows(`DESCRIBE SELECT * FROM ${relation(file)}`);
    return described.map((row) => ({ name: String(row["column_name"]), kind: kindOf(String(row["column_type"])) }));
  });

const emptyColumn = ({ name, kind }: FeatureColumn, rows: number) =>
  kind === "number" ? { name, kind, values: new Float32Array(rows) } : { name, kind, values: new Array<string>(rows).fill("") };

function fill({ kind, values }: ReturnType<typeof emptyColumn>, part: readonly DuckDBValue[], from: number): void {
  if (kind === "number") for (const [row, value] of part.entries()) values[from + row] = value === null ? Number.NaN : Number(value);
  else for (const [row, value] of part.entries()) values[from + row] = typeof value === "string" ? value : "";
}

const expression = ({ name, kind }: SourceColumn) => `CAST(${identifier(name)} AS ${kind === "number" ? "DOUBLE" : "VARCHAR"})`;

/** @throws DomainError when the file cannot be read, a value does not fit its column's kind, or there is more than fits */
export function readTable(session: DuckDbSession, file: string, features: readonly FeatureColumn[], target: SourceColumn): Promise<TableWithTarget> {
  return reading(async () => {
    const truth = expression(target);
    const known = target.kind === "number" ? `${truth} IS NOT NULL AND NOT isnan(${truth})` : `${truth} IS NOT NULL`;
    const [counted] = await session.rows(`SELECT count(*) AS rows FROM ${relation(file)} WHERE ${known}`);
    const rows = Number(counted?.["rows"] ?? 0);
    if (rows * features.length > maxValues)
      throw invalid(`table must have at most ${maxValues} values, rows times features, got ${rows} times ${features.length}`);
    const columns = features.map((column) => emptyColumn(column, rows));
    const found: (number | string)[] = [];
    for await (const part of session.chunks(`SELECT ${[target, ...features].map(expression).join(", ")} FROM ${relation(file)} WHERE ${known}`)) {
      const [values = [], ...rest] = part;
      rest.forEach((given, index) => {
        const column = columns[index];
        if (column) fill(column, given, found.length);
      });
      for (const value of values) found.push(target.kind === "number" ? Number(value) : String(value));
    }
    return { table: { rows, columns: columns satisfies readonly Column[] }, target: found };
  });
}
