import * as z from "zod";
import type { ColumnRule, ContractReport, DataContract, DatasetColumn, Violation } from "#contracts/platform/data-contract.ts";
import { invalid } from "#core/errors.ts";
import { datasetColumns } from "./profile-columns.ts";
import { type DuckDbSession, identifier, literal } from "./session.ts";
import { type Check, checksOf } from "./validate-rules.ts";

interface Found {
  readonly severity: ColumnRule["severity"];
  readonly violation: Violation;
}
const count = z.union([z.bigint(), z.number()]).transform(Number);
const maxExamples = 5;

const fits = (rule: ColumnRule, column: DatasetColumn) => rule.type === column.type || (rule.type === "number" && column.type === "integer");

/** Absent, mistyped and surplus columns. */
function schemaViolations(contract: DataContract, columns: readonly DatasetColumn[], rows: number): Found[] {
  const present = new Map(columns.map((column) => [column.name, column]));
  const promised = new Set(contract.columns.map(({ name }) => name));
  const wrong = contract.columns.flatMap((rule): Found[] => {
    const column = present.get(rule.name);
    if (column && fits(rule, column)) return [];
    const message = column ? `column ${rule.name} must be of type ${rule.type}, got ${column.type}` : `column ${rule.name} is absent`;
    return [{ severity: rule.severity, violation: { rule: column ? "type" : "schema", column: rule.name, rows, message, examples: [] } }];
  });
  if (contract.extraColumns === "allow") return wrong;
  const severity = contract.extraColumns === "refuse" ? "error" : "warning";
  const extra = columns.filter(({ name }) => !promised.has(name));
  return [
    ...wrong,
    ...extra.map(
      ({ name }): Found => ({ severity, violation: { rule: "schema", column: name, rows, message: `column ${name} is not in the contract`, examples: [] } }),
    ),
  ];
}

function rowViolations({ minRows, maxRows = Number.POSITIVE_INFINITY }: DataContract, rows: number): Found[] {
  if (rows >= minRows && rows <= maxRows) return [];
  const message = rows < minRows ? `there must be at least ${minRows} rows, got ${rows}` : `there must be at most ${maxRows} rows, got ${rows}`;
  return [{ severity: "error", violation: { rule: "rows", column: null, rows, message, examples: [] } }];
}

async function duplicateViolations(
  session: DuckDbSession,
  relation: string,
  { maxDuplicateShare }: DataContract,
  columns: readonly DatasetColumn[],
): Promise<Found[]> {
  if (maxDuplicateShare === undefined) return [];
  const hashed = columns.map(({ name }) => identifier(name)).join(", ");
  const [row = {}] = await session.rows(`SELECT count(*) AS rows, count(*) - count(DISTINCT hash(${hashed})) AS repeated FROM ${relation}`);
  const [rows, repeated] = [count.parse(row["rows"]), count.parse(row["repeated"])];
  if (repeated <= maxDuplicateShare * rows) return [];
  const message = `a share of ${maxDuplicateShare} of rows may repeat another one: ${repeated} of ${rows} rows do`;
  return [{ severity: "error", violation: { rule: "duplicates", column: null, rows: repeated, message, examples: [] } }];
}

async function examplesOf(session: DuckDbSession, relation: string, { rule, column, breaks }: Check): Promise<string[]> {
  if (rule === "null") return [];
  const name = identifier(column.name);
  const where = rule === "unique" ? `${name} IS NOT NULL GROUP BY 1 HAVING count(*) > 1` : `${breaks} GROUP BY 1`;
  const rows = await session.rows(`SELECT CAST(${name} AS VARCHAR) AS v FROM ${relation} WHERE ${where} ORDER BY v LIMIT ${maxExamples}`);
  return rows.map((row) => String(row["v"]).slice(0, 100));
}

async function countAll(session: DuckDbSession, relation: string, checks: readonly Check[]) {
  try {
    return (await session.rows(`SELECT ${["count(*) AS rows", ...checks.map(({ counts }, k) => `${counts} AS c${k}`)].join(", ")} FROM ${relation}`))[0] ?? {};
  } catch (error) {
    // The one thing of a contract that only DuckDB can judge: its regular expressions are RE2's, without look-around.
    throw invalid(`the contract cannot be checked: ${(error as Error).message.split("\n")[0]}`);
  }
}

/** Holds a Parquet file against a contract: one scan for all rules of all columns, and a short one for examples of each that is broken. */
export async function validateFile(session: DuckDbSession, file: string, contract: DataContract): Promise<Omit<ContractReport, "dataset" | "uri">> {
  const columns = await datasetColumns(session, file);
  const relation = `read_parquet(${literal(file)})`;
  const types = new Map(columns.map((column) => [column.name, column]));
  const checkable = contract.columns.filter((rule) => {
    const column = types.get(rule.name);
    return column !== undefined && fits(rule, column);
  });
  const checks = checkable.flatMap(checksOf);
  const counted = await countAll(session, relation, checks);
  const rows = count.parse(counted["rows"]);
  const found = [...schemaViolations(contract, columns, rows), ...rowViolations(contract, rows)];
  for (const [k, check] of checks.entries()) {
    const broken = count.parse(counted[`c${k}`]);
    if (broken <= check.allowedRows(rows)) continue;
    const examples = await examplesOf(session, relation, check);
    const violation = { rule: check.rule, column: check.column.name, rows: broken, message: check.message(broken, rows), examples };
    found.push({ severity: check.column.severity, violation });
  }
  found.push(...(await duplicateViolations(session, relation, contract, columns)));
  const of = (severity: Found["severity"]) => found.filter((one) => one.severity === severity).map(({ violation }) => violation);
  return { ok: of("error").length === 0, rows, errors: of("error"), warnings: of("warning") };
}
