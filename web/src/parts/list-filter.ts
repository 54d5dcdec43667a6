import type { ListColumn } from "./arrange.ts";

type Operator = ":" | "!:" | "=" | "!=" | ">" | ">=" | "<" | "<=";

/** A piece of a list's filter: a text anywhere in a row, or what a column must say. */
export interface FilterCondition {
  /** As it stands in the filter. */
  readonly written: string;
  readonly value: string;
  /** Undefined: any column. */
  readonly column?: string;
  readonly operator: Operator;
}

const plain = (name: string) => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");
const unquoted = (text: string) => text.replaceAll('"', "");
/** Pieces between blanks; quotes hold a piece together. */
const pieces = (text: string): readonly string[] => text.match(/(?:"[^"]*"?|[^\s"])+/g) ?? [];

/**
 * What a filter asks for, piece by piece: `word`, `"two words"`, `column:text` (holds), `column!:text`, `column=text`, `column!=text`, and
 * `column>1` with `>=`, `<` and `<=`. A column is meant by its heading or id, in any case and without blanks; a piece that
 * names none is a text like any other.
 */
export function conditionsOf<T>(text: string, columns: readonly ListColumn<T>[]): readonly FilterCondition[] {
  const searched = columns.filter(({ sortBy, searchBy }) => sortBy ?? searchBy);
  return pieces(text).map((written) => {
    const [, name = "", operator = "", value = ""] = /^("[^"]+"|[^\s"!:=<>]+)(!:|!=|>=|<=|[:=<>])(.+)$/s.exec(written) ?? [];
    const column = searched.find(({ id, header }) => plain(name) !== "" && (plain(header) === plain(name) || plain(id) === plain(name)));
    return column === undefined
      ? { written, value: unquoted(written), operator: ":" }
      : { written, value: unquoted(value), operator: operator as Operator, column: column.id };
  });
}

const holds = (text: string, value: string) => text.toLowerCase().includes(value.toLowerCase());
/** A time is searched as it is written in files, so that `changed:2026-01` finds a month. */
function textOf<T>(item: T, { sortBy, searchBy, isTime }: ListColumn<T>): string {
  const known = (searchBy ?? sortBy)?.(item);
  return isTime === true && typeof known === "number" ? new Date(known).toISOString() : String(known ?? "");
}

function isOrdered(known: number, operator: Operator, value: number): boolean {
  if (operator === ">") return known > value;
  if (operator === ">=") return known >= value;
  return operator === "<" ? known < value : known <= value;
}

/** Whether a row meets one condition. A comparison with what is no number, or no date, is met by no row. */
export function meets<T>(item: T, { column: id, operator, value }: FilterCondition, columns: readonly ListColumn<T>[]): boolean {
  const column = columns.find((one) => one.id === id);
  if (!column) return columns.some((one) => holds(textOf(item, one), value));
  const known = column.sortBy?.(item);
  switch (operator) {
    case ":":
      return holds(textOf(item, column), value);
    case "!:":
      return !holds(textOf(item, column), value);
    case "=":
      return String(known ?? "").toLowerCase() === value.toLowerCase();
    case "!=":
      return String(known ?? "").toLowerCase() !== value.toLowerCase();
    default:
      return known !== undefined && isOrdered(Number(known), operator, column.isTime === true ? Date.parse(value) : Number(value));
  }
}

/** The filter without one of its pieces. */
export const without = (text: string, condition: FilterCondition): string => {
  const all = pieces(text);
  const at = all.indexOf(condition.written);
  return all.filter((_piece, index) => index !== at).join(" ");
};
