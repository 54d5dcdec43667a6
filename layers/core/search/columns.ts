import type { Cell } from "./match.ts";

/**
 * The cells of many rows under one name. Texts are told apart by codes, so that a test runs once for each different text; `texts[code]`
 * is undefined for rows without the cell. Numbers are there where `present` says so, and everywhere without it.
 */
export type CellColumn =
  | { readonly kind: "text"; readonly codes: ArrayLike<number>; readonly texts: readonly (string | undefined)[] }
  | { readonly kind: "number"; readonly values: ArrayLike<number | bigint>; readonly present?: ArrayLike<number> | undefined };

export function cellAt(column: CellColumn | undefined, row: number): Cell {
  if (column === undefined) return undefined;
  if (column.kind === "text") return column.texts[column.codes[row] ?? 0];
  return column.present === undefined || column.present[row] === 1 ? column.values[row] : undefined;
}

/** The test of a row by its cell in `column`; a missing column is one without cells. */
export function rowTest(column: CellColumn | undefined, test: (cell: Cell) => boolean): (row: number) => boolean {
  if (column?.kind === "text") {
    const { codes } = column;
    const verdicts = column.texts.map(test);
    return (row) => verdicts[codes[row] ?? 0] === true;
  }
  const missing = test(undefined);
  if (column === undefined) return () => missing;
  const { values, present } = column;
  if (present === undefined) return (row) => test(values[row]);
  return (row) => (present[row] === 1 ? test(values[row]) : missing);
}

/** One text a row, without codes shared between rows. */
export const plainTexts = (texts: readonly (string | undefined)[]): CellColumn => ({ kind: "text", codes: rowNumbers(texts.length), texts });

const rowNumbers = (count: number) => Uint32Array.from({ length: count }, (_, row) => row);
