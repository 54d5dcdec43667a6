/** Numbers as the served model takes them, 32-bit floats; NaN is missing. */
interface NumberColumn {
  readonly name: string;
  readonly kind: "number";
  readonly values: Float32Array;
}
/** Text, one category a value; "" is missing. */
interface TextColumn {
  readonly name: string;
  readonly kind: "text";
  readonly values: readonly string[];
}
export type Column = NumberColumn | TextColumn;

/** Feature columns of equal length, in the order in which the model takes them. */
export interface Table {
  readonly rows: number;
  readonly columns: readonly Column[];
}

/** Numbers only, column by column; NaN is missing. */
export interface Matrix {
  readonly rows: number;
  readonly columns: readonly Float32Array[];
}

/** The rows `0 .. count - 1`. */
export const allRows = (count: number): Int32Array => Int32Array.from({ length: count }, (_, row) => row);

/** The named rows, in that order. */
export const takeRows = ({ columns }: Matrix, rows: Int32Array): Matrix => ({
  rows: rows.length,
  columns: columns.map((values) => Float32Array.from(rows, (row) => values[row] ?? Number.NaN)),
});
