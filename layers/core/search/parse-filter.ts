import { invalid } from "#core/errors.ts";
import { type Comparison, type Operand, type Operator, operators } from "./comparison.ts";
import { atEnd, type Cursor, cursorOver, peek, readQuoted, readWord, refused, skipBlanks, take, takeKeyword } from "./cursor.ts";
import { readIdentifier } from "./read-identifier.ts";

const symbols = ["!=", ">=", "<=", "=", ">", "<"] as const;
const isQuote = (cursor: Cursor) => peek(cursor) === "'" || peek(cursor) === '"';

function readKeyword(cursor: Cursor, keyword: string): void {
  skipBlanks(cursor);
  if (!takeKeyword(cursor, keyword)) throw refused(cursor, `expected ${keyword}`);
}

function readWordOperator(cursor: Cursor): Operator {
  const start = cursor.at;
  switch (readWord(cursor).toUpperCase()) {
    case "LIKE":
      return "LIKE";
    case "ILIKE":
      return "ILIKE";
    case "IN":
      return "IN";
    case "NOT":
      readKeyword(cursor, "IN");
      return "NOT IN";
    case "IS":
      skipBlanks(cursor);
      if (takeKeyword(cursor, "NULL")) return "IS NULL";
      readKeyword(cursor, "NOT");
      readKeyword(cursor, "NULL");
      return "IS NOT NULL";
    default:
      cursor.at = start;
      throw refused(cursor, `an operator must be one of ${operators.join(" ")}`);
  }
}

function readOperator(cursor: Cursor): Operator {
  const start = cursor.at;
  const symbol = symbols.find((candidate) => take(cursor, candidate));
  if (symbol === undefined) return readWordOperator(cursor);
  if (!/[=<>!]/.test(peek(cursor))) return symbol;
  cursor.at = start;
  throw refused(cursor, `an operator must be one of ${operators.join(" ")}`);
}

/** A decimal number, anchored: no part of it can match the same characters twice. */
const decimal = /[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?(?![\p{L}\p{N}_.])/uy;

function readScalar(cursor: Cursor): Operand {
  if (isQuote(cursor)) return { kind: "string", text: readQuoted(cursor) };
  decimal.lastIndex = cursor.at;
  const [text] = decimal.exec(cursor.text) ?? [];
  if (text === undefined) throw refused(cursor, "a value must be a number or a text in single or double quotes");
  cursor.at += text.length;
  return { kind: "number", number: Number(text) };
}

function readList(cursor: Cursor): Operand {
  if (!take(cursor, "(")) throw refused(cursor, "IN must be followed by a list such as ('a', 'b')");
  const texts: string[] = [];
  do {
    skipBlanks(cursor);
    if (texts.length > 0 && peek(cursor) === ")") break;
    if (!isQuote(cursor)) throw refused(cursor, "the list of IN must hold one or more quoted texts");
    texts.push(readQuoted(cursor));
    skipBlanks(cursor);
  } while (take(cursor, ","));
  if (!take(cursor, ")")) throw refused(cursor, "the list of IN must be closed by )");
  return { kind: "list", texts };
}

function readOperand(cursor: Cursor, operator: Operator): Operand {
  if (operator === "IS NULL" || operator === "IS NOT NULL") return { kind: "absent" };
  skipBlanks(cursor);
  return operator === "IN" || operator === "NOT IN" ? readList(cursor) : readScalar(cursor);
}

function readComparison(cursor: Cursor): Comparison {
  if (peek(cursor) === "(") throw refused(cursor, "parentheses are only allowed after IN");
  const identifier = readIdentifier(cursor);
  skipBlanks(cursor);
  const operator = readOperator(cursor);
  return { ...identifier, operator, value: readOperand(cursor, operator) };
}

/**
 * Reads a filter: comparisons joined by AND, in any case; an empty text is no comparison at all.
 * Source: search grammar of MLflow 3.17.2. There is no OR, NOT, nesting or `;`.
 * @throws DomainError that names the place and what is allowed there
 */
export function parseFilter(text: string): readonly Comparison[] {
  if (text === "") return [];
  const cursor = cursorOver("filter", text);
  skipBlanks(cursor);
  if (atEnd(cursor)) throw invalid("filter must be empty or hold a comparison, got only white space");
  const comparisons: Comparison[] = [];
  while (!atEnd(cursor)) {
    comparisons.push(readComparison(cursor));
    skipBlanks(cursor);
    if (atEnd(cursor)) break;
    if (!takeKeyword(cursor, "AND")) throw refused(cursor, "comparisons can be joined by AND only");
    skipBlanks(cursor);
  }
  return comparisons;
}
