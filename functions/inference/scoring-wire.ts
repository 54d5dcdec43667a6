import type { ModelSignature } from "#contracts/platform/model-signature.ts";
import { invalid } from "#core/errors.ts";
import { columnsOf, type Rows, rowsOfRecords, tensorsOfRows } from "#core/serving/rows.ts";
import type { Tensor, TensorSpec } from "#core/serving/tensor.ts";
import { flatten, shapeOf, tensorOf } from "#core/serving/tensor-data.ts";
import { parseCsv } from "./csv.ts";

/** What a document is read against: the model that will answer it. */
export interface Reader {
  readonly inputs: readonly TensorSpec[];
  readonly signature: ModelSignature | undefined;
}

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null && !Array.isArray(value);
const isListOfRecords = (value: readonly unknown[]): value is readonly Fields[] => value.length > 0 && value.every(isFields);

/** Values for one input as they are nested; a plain list fits an input of one column too. */
function tensorOfNested(spec: TensorSpec, value: unknown): Tensor {
  const data = Array.isArray(value) ? value : [value];
  const shape = shapeOf(data);
  const column = shape.length === 1 && spec.shape.length === 2 && spec.shape[1] === 1;
  return tensorOf(spec, column ? [data.length, 1] : shape, flatten(spec.name, data));
}

function tensorsOfList(reader: Reader, list: readonly unknown[]): Tensor[] {
  if (isListOfRecords(list)) return tensorsOfRows(reader.inputs, reader.signature, rowsOfRecords(list));
  const [only, second] = reader.inputs;
  if (only && !second && (only.shape.length !== 2 || shapeOf(list).length !== 2)) return [tensorOfNested(only, list)];
  const rows = list.map((row): readonly unknown[] => (Array.isArray(row) ? row : [row]));
  return tensorsOfRows(reader.inputs, reader.signature, { rows });
}

/** Tensors by input name, or columns by column name. */
function tensorsOfNamed(reader: Reader, named: Fields): Tensor[] {
  if (reader.inputs.every(({ name }) => Object.hasOwn(named, name))) return reader.inputs.map((spec) => tensorOfNested(spec, named[spec.name]));
  const columns = Object.keys(named);
  const values = Object.values(named).map((value): readonly unknown[] => (Array.isArray(value) ? value : [value]));
  const [first] = values;
  const odd = columns.find((_, index) => values[index]?.length !== first?.length);
  if (odd !== undefined) throw invalid(`inputs.${odd} must have as many values as the others, ${first?.length}`);
  return tensorsOfRows(reader.inputs, reader.signature, { columns, rows: (first ?? []).map((_, row) => values.map((column) => column[row])) });
}

function splitRows(value: unknown): Rows {
  const { columns, data } = isFields(value) ? value : {};
  if (!Array.isArray(data) || !data.every((row): row is unknown[] => Array.isArray(row))) throw invalid("dataframe_split.data must be a list of rows");
  if (columns === undefined) return { rows: data };
  if (!Array.isArray(columns)) throw invalid("dataframe_split.columns must be a list of column names");
  return { columns: columns.map(String), rows: data };
}

const forms = ["dataframe_split", "dataframe_records", "instances", "inputs"] as const;

/**
 * A scoring document in one of MLflow's forms: `dataframe_split`, `dataframe_records`, `instances` or `inputs`, with optional `params`
 * (MLflow 3.17, "Deploy MLflow models: accepted input formats"). `params` are accepted and, as ONNX models have none, not used.
 * @throws DomainError that names what does not fit
 */
export function tensorsOfScoring(reader: Reader, document: unknown): Tensor[] {
  if (!isFields(document)) throw invalid(`body must be a JSON object with one of ${forms.join(", ")}`);
  const given = forms.filter((form) => Object.hasOwn(document, form));
  const [form, other] = given;
  if (form === undefined || other !== undefined) throw invalid(`body must have exactly one of ${forms.join(", ")}, got ${given.join(", ") || "none of them"}`);
  if (document["params"] !== undefined && !isFields(document["params"])) throw invalid("params must be an object");
  const value = document[form];
  if (form === "dataframe_split") return tensorsOfRows(reader.inputs, reader.signature, splitRows(value));
  if (isFields(value) && form === "inputs") return tensorsOfNamed(reader, value);
  if (!Array.isArray(value)) throw invalid(`${form} must be a list`);
  if (form === "dataframe_records" && !isListOfRecords(value)) throw invalid("dataframe_records must be a list of objects, at least one");
  if (value.length === 0) throw invalid(`${form} must have at least one row, got none`);
  return tensorsOfList(reader, value);
}

/**
 * CSV rows. The first is a header when it holds every column of the model, or when the content type says `header=present`:
 * SageMaker's clients send none, MLflow's always do.
 */
export function tensorsOfCsv(reader: Reader, text: string, contentType: string): Tensor[] {
  const [first, ...rest] = parseCsv(text);
  if (first === undefined) throw invalid("body must have at least one CSV row, got none");
  const names = first.map((name) => name.trim());
  const declared = /header\s*=\s*"?(present|absent)/i.exec(contentType)?.[1]?.toLowerCase();
  const header = declared === undefined ? columnsOf(reader.inputs, reader.signature).every((name) => names.includes(name)) : declared === "present";
  const rows: Rows = header ? { columns: names, rows: rest, text: true } : { rows: [first, ...rest], text: true };
  return tensorsOfRows(reader.inputs, reader.signature, rows);
}
