import type { Operand, Operator } from "./comparison.ts";
import { likeMatcher } from "./like.ts";

/** What a searched thing may hold under a key. */
export type Cell = string | number | bigint | undefined;

function compared(operator: Operator, value: Operand): (cell: string | number | bigint) => boolean {
  const wanted = value.kind === "number" ? value.number : value.kind === "string" ? value.text : undefined;
  if (wanted === undefined) return () => false;
  switch (operator) {
    case "=":
      return (cell) => cell === wanted || (typeof cell === "bigint" && Number(cell) === wanted);
    case "!=":
      return (cell) => cell !== wanted && !(typeof cell === "bigint" && Number(cell) === wanted);
    case ">":
      return (cell) => cell > wanted;
    case ">=":
      return (cell) => cell >= wanted;
    case "<":
      return (cell) => cell < wanted;
    case "<=":
      return (cell) => cell <= wanted;
    default:
      return () => false;
  }
}

function likeTest(value: Operand, ignoreCase: boolean): (cell: Cell) => boolean {
  const matches = likeMatcher(value.kind === "string" ? value.text : "", ignoreCase);
  return (cell) => typeof cell === "string" && matches(cell);
}

function listTest(value: Operand, isMember: boolean): (cell: Cell) => boolean {
  const members = new Set(value.kind === "list" ? value.texts : []);
  return (cell) => cell !== undefined && members.has(String(cell)) === isMember;
}

/**
 * The test of one operator and value, made once and applied to many cells.
 * A missing cell passes IS NULL only, not even `!=`; NaN passes `!=` only.
 */
export function cellTest(operator: Operator, value: Operand): (cell: Cell) => boolean {
  switch (operator) {
    case "IS NULL":
      return (cell) => cell === undefined;
    case "IS NOT NULL":
      return (cell) => cell !== undefined;
    case "LIKE":
      return likeTest(value, false);
    case "ILIKE":
      return likeTest(value, true);
    case "IN":
      return listTest(value, true);
    case "NOT IN":
      return listTest(value, false);
    default: {
      const test = compared(operator, value);
      return (cell) => cell !== undefined && test(cell);
    }
  }
}
