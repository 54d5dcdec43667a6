import type { PropertyFilterProps } from "@cloudscape-design/components/property-filter";
import { inFilter, isAttribute, isMetric } from "./column-names.ts";
import type { TableReply } from "./table-cells.ts";

export type Token = PropertyFilterProps.Token;
type Condition = TableReply["conditions"][number];

const numbers = new Set(["attributes.start_time", "attributes.end_time"]);
export const isNumeric = (column: string): boolean => isMetric(column) || numbers.has(column);

const comparisons = new Set(["=", "!=", "<", "<=", ">", ">="]);

/** A token for a condition; undefined where tokens have no word for it. */
function tokenOf({ column, operator, number, texts = [] }: Condition): Token | undefined {
  const [text] = texts;
  if (column.startsWith("datasets.")) return undefined;
  if (number !== undefined) return { propertyKey: column, operator, value: String(number) };
  if (text === undefined) return undefined;
  if (comparisons.has(operator)) return { propertyKey: column, operator, value: text };
  const inner = text.replace(/^%|%$/g, "");
  if (inner.includes("%")) return undefined;
  if (operator === "ILIKE" && text === `%${inner}%`) return { propertyKey: column, operator: ":", value: inner };
  if (operator === "LIKE" && text === `${inner}%`) return { propertyKey: column, operator: "^", value: inner };
  return undefined;
}

/** The tokens that say what a filter says; undefined when one of its conditions cannot be said so. */
export function tokensOf(conditions: readonly Condition[]): readonly Token[] | undefined {
  const tokens = conditions.map(tokenOf);
  return tokens.every((token) => token !== undefined) ? tokens : undefined;
}

function quoted(text: string): string {
  if (!text.includes("'")) return `'${text}'`;
  if (!text.includes('"')) return `"${text}"`;
  throw new RangeError("a text with both kinds of quotes cannot be compared with");
}

function conditionText({ propertyKey, operator, value }: Token): string {
  const text = String(value);
  if (propertyKey === undefined) return `attributes.run_name ILIKE ${quoted(`%${text}%`)}`;
  const column = inFilter(propertyKey);
  if (isNumeric(propertyKey)) {
    if (text.trim() === "" || !Number.isFinite(Number(text))) throw new RangeError(`${propertyKey} is compared with a number, got ${text || "nothing"}`);
    return `${column} ${operator} ${Number(text)}`;
  }
  if (operator === ":") return `${column} ILIKE ${quoted(`%${text}%`)}`;
  if (operator === "^") return `${column} LIKE ${quoted(`${text}%`)}`;
  return `${column} ${operator} ${quoted(text)}`;
}

/** MLflow's filter string for tokens. @throws RangeError for a token that it has no word for */
export const filterOf = (tokens: readonly Token[]): string => tokens.map(conditionText).join(" and ");

const numberOperators = ["=", "!=", ">", ">=", "<", "<="] as const;
const textOperators = [":", "=", "!=", "^"] as const;

/** A column as something to filter by. */
export function propertyOf(column: string): PropertyFilterProps.FilteringProperty {
  const kind = isAttribute(column) ? "Run" : `${column.charAt(0).toUpperCase()}${column.slice(1, column.indexOf("."))}`;
  const shared = { key: column, propertyLabel: column, groupValuesLabel: `Values of ${column}`, group: kind };
  return isNumeric(column)
    ? { ...shared, operators: [...numberOperators], defaultOperator: ">=" }
    : { ...shared, operators: [...textOperators], defaultOperator: "=" };
}
