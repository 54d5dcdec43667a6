import type { ColumnRule, Violation } from "#contracts/platform/data-contract.ts";
import { identifier, literal } from "./session.ts";

/** One check of one column: `counts` is an aggregate that gives the rows that break it, `breaks` a condition that finds them. */
export interface Check {
  readonly rule: Violation["rule"];
  readonly column: ColumnRule;
  readonly counts: string;
  readonly breaks: string;
  /** Rows that may break it. */
  allowedRows(rows: number): number;
  message(broken: number, rows: number): string;
}

const none = () => 0;
const rowsWord = (count: number) => `${count} ${count === 1 ? "row" : "rows"}`;

/** The checks of a column whose type is right; together they are one scan. */
export function checksOf(column: ColumnRule): Check[] {
  const name = identifier(column.name);
  const { min, max, allowed, regex, maxNullShare } = column;
  const filtered = (rule: Check["rule"], breaks: string, what: string): Check => ({
    rule,
    column,
    counts: `count_if(${breaks})`,
    breaks,
    allowedRows: none,
    message: (broken) => `column ${column.name} ${what}: ${rowsWord(broken)}`,
  });
  const checks: Check[] = [];
  if (!column.nullable) checks.push(filtered("null", `${name} IS NULL`, "must not be null"));
  else if (maxNullShare !== undefined)
    checks.push({
      ...filtered("null", `${name} IS NULL`, `may be null in a share of ${maxNullShare} of rows`),
      allowedRows: (rows) => Math.floor(maxNullShare * rows),
    });
  if (column.unique) checks.push({ ...filtered("unique", "false", "must be unique"), counts: `count(${name}) - count(DISTINCT ${name})` });
  if (min !== undefined) checks.push(filtered("min", `${name} < ${min}`, `must be at least ${min}`));
  if (max !== undefined) checks.push(filtered("max", `${name} > ${max}`, `must be at most ${max}`));
  if (allowed !== undefined)
    checks.push(
      filtered(
        "allowed",
        `CAST(${name} AS VARCHAR) NOT IN (${allowed.map(literal).join(", ")})`,
        `must be one of ${allowed.slice(0, 5).join(", ")}${allowed.length > 5 ? ", ..." : ""}`,
      ),
    );
  if (regex !== undefined) checks.push(filtered("regex", `NOT regexp_full_match(CAST(${name} AS VARCHAR), ${literal(regex)})`, `must match ${regex}`));
  return checks;
}
