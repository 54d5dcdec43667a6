import { type Cell, type ColumnType, levelBytes, physicalTypes, plainBytes } from "./column-bytes.ts";
import { encodeThrift, type ThriftField, type ThriftStruct } from "./thrift-compact.ts";

/** A column of optional values, or of optional lists of optional values. */
export interface ParquetColumn {
  readonly name: string;
  readonly type: ColumnType;
  readonly isList: boolean;
  readonly values: readonly (Cell | readonly Cell[])[];
}

const magic = Buffer.from("PAR1");
const optional = { i32: 1 };
const repeated = { i32: 2 };

/** ConvertedType and LogicalType of a leaf: UTF8 text, and UTC microseconds; the other types speak for themselves. */
function annotation(type: ColumnType): ThriftStruct {
  if (type === "text") return { 6: { i32: 0 }, 10: { struct: { 1: { struct: {} } } } };
  if (type !== "timestamp") return {};
  return { 6: { i32: 10 }, 10: { struct: { 8: { struct: { 1: { bool: true }, 2: { struct: { 2: { struct: {} } } } } } } } };
}

/** A column's part of the schema, depth first; lists in the three levels of LogicalTypes.md. */
function schemaOf({ name, type, isList }: ParquetColumn): ThriftField[] {
  const leaf = (text: string): ThriftField => ({ struct: { 1: { i32: physicalTypes[type] }, 3: optional, 4: { text }, ...annotation(type) } });
  if (!isList) return [leaf(name)];
  return [
    { struct: { 3: optional, 4: { text: name }, 5: { i32: 1 }, 6: { i32: 3 }, 10: { struct: { 3: { struct: {} } } } } },
    { struct: { 3: repeated, 4: { text: "list" }, 5: { i32: 1 } } },
    leaf("element"),
  ];
}

/** Values that are there, with the levels that say where they belong (Dremel: nulls and list borders). */
function shred({ isList, values }: ParquetColumn): { readonly present: Cell[]; readonly definition: number[]; readonly repetition: number[] } {
  const present: Cell[] = [];
  const definition: number[] = [];
  const repetition: number[] = [];
  const add = (cell: Cell, whenThere: number, repeats: number) => {
    definition.push(cell === null ? whenThere - 1 : whenThere);
    repetition.push(repeats);
    if (cell !== null) present.push(cell);
  };
  for (const value of values) {
    if (!isList) add(value as Cell, 1, 0);
    else if (!Array.isArray(value) || value.length === 0) {
      definition.push(value === null ? 0 : 1);
      repetition.push(0);
    } else for (const [index, cell] of (value as readonly Cell[]).entries()) add(cell, 3, index === 0 ? 0 : 1);
  }
  return { present, definition, repetition };
}

function columnChunk(column: ParquetColumn, offset: number): { readonly bytes: Buffer; readonly metadata: ThriftField } {
  const { present, definition, repetition } = shred(column);
  const levels = [...(column.isList ? [levelBytes(repetition, 1)] : []), levelBytes(definition, column.isList ? 3 : 1)];
  const data = Buffer.concat([...levels, plainBytes(column.type, present)]);
  const size = { i32: data.length };
  const header = encodeThrift({
    1: { i32: 0 },
    2: size,
    3: size,
    5: { struct: { 1: { i32: definition.length }, 2: { i32: 0 }, 3: { i32: 3 }, 4: { i32: 3 } } },
  });
  const bytes = Buffer.concat([header, data]);
  const total = { i64: BigInt(bytes.length) };
  const path = column.isList ? [column.name, "list", "element"] : [column.name];
  const metadata: ThriftStruct = {
    1: { i32: physicalTypes[column.type] },
    2: { list: [{ i32: 0 }, { i32: 3 }] },
    3: { list: path.map((text) => ({ text })) },
    4: { i32: 0 },
    5: { i64: BigInt(definition.length) },
    6: total,
    7: total,
    9: { i64: BigInt(offset) },
  };
  return { bytes, metadata: { struct: { 2: { i64: BigInt(offset) }, 3: { struct: metadata } } } };
}

/**
 * A Parquet file of one uncompressed row group: for the small batches of a push, where loading a database costs more than the work.
 * The same columns give the same bytes. Format: apache/parquet-format 2.x, data pages version 1.
 */
export function writeParquet(rowCount: number, columns: readonly ParquetColumn[]): Buffer {
  const parts: Buffer[] = [magic];
  const chunks: ThriftField[] = [];
  let offset = magic.length;
  for (const column of columns) {
    const { bytes, metadata } = columnChunk(column, offset);
    parts.push(bytes);
    chunks.push(metadata);
    offset += bytes.length;
  }
  const rows = { i64: BigInt(rowCount) };
  const footer = encodeThrift({
    1: { i32: 1 },
    2: { list: [{ struct: { 4: { text: "schema" }, 5: { i32: columns.length } } }, ...columns.flatMap(schemaOf)] },
    3: rows,
    4: { list: [{ struct: { 1: { list: chunks }, 2: { i64: BigInt(offset - magic.length) }, 3: rows } }] },
    6: { text: "capstan" },
  });
  const length = Buffer.alloc(4);
  length.writeUInt32LE(footer.length);
  return Buffer.concat([...parts, footer, length, magic]);
}
