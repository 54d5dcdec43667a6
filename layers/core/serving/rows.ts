import type { ModelSignature } from "#contracts/platform/model-signature.ts";
import { invalid } from "../errors.ts";
import type { Tensor, TensorSpec } from "./tensor.ts";
import { tensorOf } from "./tensor-data.ts";

/** Rows of cells. Without columns the cells are in the order in which the model reads its features. */
export interface Rows {
  readonly columns?: readonly string[] | undefined;
  readonly rows: readonly (readonly unknown[])[];
  /** The cells are text and stand for numbers where the model takes numbers, as in CSV. */
  readonly text?: boolean;
}

/** How a model reads a table: one wide tensor, or a tensor per column. */
interface Layout {
  /** In the model's order. */
  readonly columns: readonly string[];
  readonly wide: boolean;
}

function layoutOf(inputs: readonly TensorSpec[], signature: ModelSignature | undefined): Layout {
  const [first] = inputs;
  const width = first?.shape[1] ?? 1;
  const named = signature?.inputs.find(({ name }) => name === first?.name)?.columns;
  if (first && inputs.length === 1 && first.shape.length === 2 && (width !== 1 || named !== undefined)) {
    const columns = named ?? signature?.featureNames ?? Array.from({ length: Math.max(width, 0) }, (_, index) => `${first.name}.${index}`);
    return { columns, wide: true };
  }
  const other = inputs.find(({ shape }) => shape.length === 0 || shape.length > 2 || (shape.length === 2 && Math.abs(shape[1] ?? 0) !== 1));
  if (other) throw invalid(`input ${other.name} has shape [${other.shape.join(", ")}], which rows of columns cannot fill: send tensors`);
  const declared = signature?.featureNames.filter((column) => inputs.some(({ name }) => name === column));
  return { columns: declared?.length === inputs.length ? declared : inputs.map(({ name }) => name), wide: false };
}

/** The columns that a model reads, in its order. */
export const columnsOf = (inputs: readonly TensorSpec[], signature: ModelSignature | undefined): readonly string[] => layoutOf(inputs, signature).columns;

/** For each column of the model, where it is in the given rows. Columns that the model does not read are ignored, as MLflow does. */
function positions(given: readonly string[] | undefined, wanted: readonly string[]): readonly number[] {
  if (given === undefined) return wanted.map((_, index) => index);
  const at = new Map(given.map((name, index) => [name, index]));
  const missing = wanted.filter((name) => !at.has(name));
  if (missing.length > 0)
    throw invalid(
      `columns must include ${missing.slice(0, 5).join(", ")}${missing.length > 5 ? ` and ${missing.length - 5} more` : ""}, got ${given.slice(0, 20).join(", ").slice(0, 200)}`,
    );
  return wanted.map((name) => at.get(name) ?? 0);
}

const isNumeric = ({ datatype }: TensorSpec) => datatype !== "BYTES";

/** A cell of a text table as a number: empty is missing. Text that is no number is left for the type check to refuse. */
function numberOf(cell: unknown): unknown {
  if (typeof cell !== "string") return cell;
  const trimmed = cell.trim();
  if (trimmed === "" || /^nan$/i.test(trimmed)) return null;
  if (/^[+-]?\d{16,}$/.test(trimmed)) return BigInt(trimmed);
  const value = Number(trimmed);
  return Number.isNaN(value) ? cell : value;
}

/** True and false are 1 and 0 where a model takes numbers; numbers are text only where they were text. */
function cellFor(spec: TensorSpec, cell: unknown, text: boolean): unknown {
  if (!isNumeric(spec)) return cell;
  const value = text ? numberOf(cell) : cell;
  return typeof value === "boolean" && spec.datatype !== "BOOL" ? Number(value) : value;
}

/**
 * Rows as the tensors that a model takes.
 * @param signature names the columns of a wide input; without it only rows without column names fit such a model
 * @throws DomainError that names the column, element or row that does not fit
 */
export function tensorsOfRows(inputs: readonly TensorSpec[], signature: ModelSignature | undefined, { columns: given, rows, text = false }: Rows): Tensor[] {
  if (rows.length === 0) throw invalid("rows must have at least one row, got none");
  const { columns, wide } = layoutOf(inputs, signature);
  const at = positions(given, columns);
  const width = given?.length ?? columns.length;
  const odd = rows.findIndex((row) => row.length !== width);
  if (odd !== -1) throw invalid(`row ${odd} must have ${width} values, got ${rows[odd]?.length}`);
  const [first] = inputs;
  if (wide && first) {
    const values = new Array<unknown>(rows.length * at.length);
    let next = 0;
    for (const row of rows) for (const position of at) values[next++] = cellFor(first, row[position], text);
    return [tensorOf(first, [rows.length, at.length], values)];
  }
  return inputs.map((spec) => {
    const position = at[columns.indexOf(spec.name)] ?? 0;
    const shape = spec.shape.length === 1 ? [rows.length] : [rows.length, 1];
    return tensorOf(
      spec,
      shape,
      rows.map((row) => cellFor(spec, row[position], text)),
    );
  });
}

/** Objects of named cells as rows: every name that occurs is a column, and a cell that is absent is null. */
export function rowsOfRecords(records: readonly Readonly<Record<string, unknown>>[]): Rows {
  const columns = [...new Set(records.flatMap((record) => Object.keys(record)))];
  return { columns, rows: records.map((record) => columns.map((name) => (Object.hasOwn(record, name) ? record[name] : null))) };
}
