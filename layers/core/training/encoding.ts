import { invalid } from "../errors.ts";
import type { Matrix, Table } from "./table.ts";

/** One text column's categories; each becomes a column that is 1 where the row has it and 0 elsewhere. Others are 0 in all of them. */
export interface Categories {
  readonly column: number;
  readonly values: readonly string[];
}

/** How a table becomes numbers: the number columns as they are, then a column for each category. It never looks at the target. */
export interface Encoding {
  readonly numbers: readonly number[];
  readonly categories: readonly Categories[];
}

const maxCategories = 50;
const minRows = 2;

function commonest(values: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const common = [...counts].filter(([, count]) => count >= minRows && count < values.length);
  return common
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .slice(0, maxCategories)
    .map(([value]) => value);
}

/** The commonest 50 categories of each text column that at least two rows share. @throws DomainError when a number is infinite or nothing is left to learn from */
export function fitEncoding({ columns }: Table): Encoding {
  const numbers: number[] = [];
  const categories: Categories[] = [];
  columns.forEach((column, index) => {
    if (column.kind === "text") categories.push({ column: index, values: commonest(column.values) });
    else numbers.push(index);
    if (column.kind === "number" && column.values.some((value) => Math.abs(value) === Infinity))
      throw invalid(`feature ${column.name} must be finite in 32 bits or missing in every row, got an infinity`);
  });
  const used = categories.filter(({ values }) => values.length > 0);
  if (numbers.length + used.length === 0) throw invalid("features must hold a number column or a text column with repeated values, got neither");
  return { numbers, categories: used };
}

export function encode({ numbers, categories }: Encoding, { rows, columns }: Table): Matrix {
  const plain = numbers.map((index) => {
    const column = columns[index];
    return column?.kind === "number" ? column.values : new Float32Array(rows).fill(Number.NaN);
  });
  const indicators = categories.flatMap(({ column: index, values }) => {
    const column = columns[index];
    return values.map((value) => Float32Array.from({ length: rows }, (_, row) => (column?.values[row] === value ? 1 : 0)));
  });
  return { rows, columns: [...plain, ...indicators] };
}
