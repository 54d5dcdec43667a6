/** A value that can be monitored; anything else in a payload is missing. */
export type Cell = number | string | boolean | null;
/** The columns of one payload: each holds one value per row. */
export type PayloadColumns = ReadonlyMap<string, readonly Cell[]>;

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null && !Array.isArray(value);
const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
const cell = (value: unknown): Cell => (typeof value === "number" || typeof value === "string" || typeof value === "boolean" ? value : null);

/** Values without names of their own are called `<stem>_0`, `<stem>_1`, ...; a single one is called `<stem>`. */
function byPosition(rows: readonly (readonly unknown[])[], stem: string): PayloadColumns {
  const width = Math.max(0, ...rows.map((row) => row.length));
  return new Map(Array.from({ length: width }, (_, k) => [width === 1 ? stem : `${stem}_${k}`, rows.map((row) => cell(row[k]))]));
}

function byName(rows: readonly Fields[]): PayloadColumns {
  const names = new Set(rows.flatMap((row) => Object.keys(row)));
  return new Map([...names].map((name) => [name, rows.map((row) => cell(row[name]))]));
}

/** Rows as a list: of objects, of lists, or of single values. */
const rowsOf = (rows: readonly unknown[], stem: string): PayloadColumns =>
  rows.length > 0 && rows.every(isFields)
    ? byName(rows)
    : byPosition(
        rows.map((row) => (isList(row) ? row.flat(8) : [row])),
        stem,
      );

/** One tensor of the open inference protocol (V2): the first axis is rows, the others are columns. */
function tensor({ name, shape, data }: Fields, alone: boolean, stem: string): PayloadColumns {
  if (!isList(data) || !isList(shape)) return new Map();
  const flat = data.flat(8);
  const rows = Number(shape[0] ?? 1);
  if (!(rows > 0) || flat.length % rows !== 0) return new Map();
  const width = flat.length / rows;
  // A single tensor of several columns is the whole row: the tensor's name says nothing about the features in it.
  const label = alone && width > 1 ? stem : String(name);
  return byPosition(
    Array.from({ length: rows }, (_, k) => flat.slice(k * width, (k + 1) * width)),
    label,
  );
}

const tensors = (list: readonly unknown[], stem: string): PayloadColumns =>
  new Map(list.filter(isFields).flatMap((one, _k, all) => [...tensor(one, all.length === 1, stem)]));

/** Named inputs of MLflow's scoring protocol: `{ "a": [1, 2], "b": [[3], [4]] }`. */
const namedLists = (fields: Fields): PayloadColumns =>
  new Map(
    Object.entries(fields).flatMap(([name, values]) => [
      ...byPosition(
        (isList(values) ? values : [values]).map((row) => (isList(row) ? row.flat(8) : [row])),
        name,
      ),
    ]),
  );

const isTensorList = (value: unknown): value is readonly Fields[] =>
  isList(value) && value.length > 0 && value.every((one) => isFields(one) && "data" in one && "shape" in one);

function split({ columns, data }: Fields): PayloadColumns {
  if (!isList(columns) || !isList(data)) return new Map();
  const rows = data.filter(isList);
  return new Map(columns.map((name, k) => [String(name), rows.map((row) => cell(row[k]))]));
}

/**
 * Rows in a JSON payload of any protocol that the endpoints speak: KServe V1 `instances`/`predictions`, V2 `inputs`/`outputs` tensors,
 * MLflow `dataframe_split`, `dataframe_records`, `inputs`, the platform's own `rows`, or a bare list.
 * @param stem what values without a name are called
 */
export function jsonColumns(document: unknown, stem: string): PayloadColumns {
  if (isList(document)) return rowsOf(document, stem);
  if (!isFields(document)) return new Map();
  const { dataframe_split: dataframe, dataframe_records: records, rows: named, instances, predictions, inputs, outputs } = document;
  if (isFields(dataframe)) return split(dataframe);
  for (const rows of [records, named, instances, predictions]) if (isList(rows)) return rowsOf(rows, stem);
  for (const some of [inputs, outputs]) {
    if (isTensorList(some)) return tensors(some, stem);
    if (isList(some)) return rowsOf(some, stem);
    if (isFields(some)) return namedLists(some);
  }
  return isFields(predictions) ? namedLists(predictions) : new Map();
}

/** A CSV payload as inference sends it: no header; numbers where they look like numbers. */
export function csvColumns(text: string, stem: string): PayloadColumns {
  const lines = text.split(/\r?\n/).filter((line) => line !== "");
  const value = (field: string): Cell => {
    const trimmed = field.trim().replace(/^"(.*)"$/, "$1");
    if (trimmed === "") return null;
    return Number.isNaN(Number(trimmed)) ? trimmed : Number(trimmed);
  };
  return byPosition(
    lines.map((line) => line.split(",").map(value)),
    stem,
  );
}
