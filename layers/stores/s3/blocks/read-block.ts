import { type CellColumn, cellAt } from "#core/search/columns.ts";
import type { Point } from "#core/tracking/points.ts";
import type { InfoValue, RecordState } from "#core/tracking/record.ts";
import type { ColumnKeys, ColumnName } from "#core/tracking/record-index.ts";
import { linksOfCell } from "#core/tracking/state-segment.ts";
import { unpackDocument } from "../../dynamodb/tracking/document-codec.ts";
import { type Moments, unpackDoubles, unpackIntegers, unpackMoments, unpackTexts } from "./block-columns.ts";
import { type BlockFiles, type BlockPlace, type KnownHead, readPieces, shared } from "./block-files.ts";
import { type BlockColumn, unpackHead } from "./block-head.ts";

/** A block of records that is read as far as it is asked for; texts are as bases keep them. */
export interface Block {
  readonly head: KnownHead;
  columns(names: readonly ColumnName[]): Promise<readonly (CellColumn | undefined)[]>;
  states(rows: readonly number[]): Promise<readonly RecordState[]>;
  keys(): ColumnKeys;
}

const nameOf = ({ entity, key }: ColumnName) => `${entity}/${key}`;

async function headOf(files: BlockFiles, place: BlockPlace): Promise<KnownHead> {
  const [bytes = Buffer.alloc(0)] = await readPieces(files, place, [{ start: 0, end: place.headBytes }]);
  const head = unpackHead(bytes);
  return { ...head, byName: new Map(head.columns.map((column) => [nameOf(column), column])) };
}

function decoded({ entity }: BlockColumn, bytes: Uint8Array, count: number): CellColumn {
  if (entity === "metric") return unpackDoubles(bytes, count);
  return entity === "integer" ? unpackIntegers(bytes, count) : unpackTexts(bytes, count);
}

/** A record that is being put together. */
const blank = () => ({
  info: new Map<string, InfoValue>(),
  params: new Map<string, string>(),
  tags: new Map<string, string>(),
  links: new Map<string, string>() as ReadonlyMap<string, string>,
  metrics: new Map<string, Point>(),
});

function takeCell(record: ReturnType<typeof blank>, { entity, key }: ColumnName, value: string | InfoValue): void {
  if (entity === "param") record.params.set(key, String(value));
  else if (entity === "tag") record.tags.set(key, String(value));
  else if (entity === "link") record.links = linksOfCell(String(value));
  else record.info.set(key, value);
}

/** @throws BlockGone */
export async function openBlock(files: BlockFiles, place: BlockPlace): Promise<Block> {
  const head = await shared(files.heads, place.at, place.headBytes * 8, () => headOf(files, place));
  const count = head.ids.length;

  /** Decoded columns: those that are not kept are read together. */
  async function columns(wanted: readonly BlockColumn[]): Promise<readonly CellColumn[]> {
    const known = wanted.map((column) => files.columns.get(`${place.at}/${nameOf(column)}`));
    const missing = wanted.filter((_column, index) => known[index] === undefined);
    const pieces =
      missing.length === 0
        ? []
        : await readPieces(
            files,
            place,
            missing.map(({ cells }) => cells),
          );
    let next = 0;
    return wanted.map((column, index) => {
      const kept = known[index];
      if (kept) return kept;
      const made = decoded(column, pieces[next++] ?? Buffer.alloc(0), count);
      files.columns.put(`${place.at}/${nameOf(column)}`, made, 200 + count * 10 + (column.cells.end - column.cells.start) * 2);
      return made;
    });
  }

  async function momentsOf(metrics: readonly BlockColumn[], cells: readonly CellColumn[]): Promise<readonly Moments[]> {
    const known = metrics.map(({ key }) => files.moments.get(`${place.at}/${key}`));
    const missing = metrics.flatMap(({ moments }, index) => (moments && known[index] === undefined ? [moments] : []));
    const pieces = missing.length === 0 ? [] : await readPieces(files, place, missing);
    let next = 0;
    return metrics.map((column, index) => {
      const kept = known[index];
      if (kept) return kept;
      const values = cells[index];
      const made = unpackMoments(pieces[next++] ?? Buffer.alloc(0), count, values?.kind === "number" ? values.present : undefined);
      files.moments.put(`${place.at}/${column.key}`, made, 200 + count * 16);
      return made;
    });
  }

  async function fromColumns(rows: readonly number[]): Promise<readonly RecordState[]> {
    const [metrics, others] = [head.columns.filter(({ entity }) => entity === "metric"), head.columns.filter(({ entity }) => entity !== "metric")];
    const [values, cells] = [await columns(metrics), await columns(others)];
    const moments = await momentsOf(metrics, values);
    return rows.map((row) => {
      const record = blank();
      for (const [index, name] of others.entries()) {
        const cell = cellAt(cells[index], row);
        if (cell !== undefined) takeCell(record, name, cell);
      }
      for (const [index, { key }] of metrics.entries()) {
        const value = cellAt(values[index], row);
        if (value === undefined) continue;
        const at = moments[index];
        record.metrics.set(key, { key, step: at?.steps[row] ?? 0, timestamp: at?.timestamps[row] ?? 0, value: Number(value) });
      }
      return record;
    });
  }

  return {
    head,
    async columns(names) {
      const wanted = names.map((name) => head.byName.get(nameOf(name)));
      const found = await columns(wanted.filter((column) => column !== undefined));
      let next = 0;
      return wanted.map((column) => column && found[next++]);
    },
    async states(rows) {
      const { documents } = head;
      if (!documents) return await fromColumns(rows);
      const extents = rows.map((row) => documents[row] ?? { start: 0, end: 0 });
      return (await readPieces(files, place, extents)).map(unpackDocument);
    },
    keys: () => ({ metric: keysIn(head, "metric"), param: keysIn(head, "param"), tag: keysIn(head, "tag") }),
  };
}

const keysIn = ({ columns }: KnownHead, wanted: ColumnName["entity"]) => columns.filter(({ entity }) => entity === wanted).map(({ key }) => key);
