import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { invalid } from "#core/errors.ts";
import type { FeatureView } from "#core/features/definitions.ts";
import type { RequestedFeature } from "#core/features/requested-features.ts";
import type { TrainingJoin, TrainingRequest } from "#core/features/training-join.ts";
import type { FeatureFiles } from "../s3/features.ts";
import { formatS3Uri, type ObjectAddress, type Objects, parseS3Uri } from "../s3/objects.ts";
import { withInputErrors } from "./feature-input-errors.ts";
import { columnTypes, downloadAll, featureRelation, sqlType, timeExpression } from "./feature-source.ts";
import { type DuckDbSession, identifier, literal, withDuckDb } from "./session.ts";

/** A file of the session as a table; texts that look like numbers stay texts where the key is one. */
function reader(path: string, views: readonly FeatureView[], header: readonly string[]): string {
  if (path.endsWith(".parquet")) return `read_parquet(${literal(path)})`;
  const keys = new Map(views.flatMap(({ joinKeys }) => joinKeys).map(({ name, valueType }) => [name, sqlType(valueType)]));
  const types = [...keys].filter(([name]) => header.includes(name)).map(([name, type]) => `${literal(name)}: ${literal(type)}`);
  return `read_csv(${literal(path)}, header = true, sample_size = -1${types.length > 0 ? `, types = {${types.join(", ")}}` : ""})`;
}

/** What decides a join, wherever its rows come from and its result goes. */
export type JoinRequest = Omit<TrainingRequest, "entityRowsUri" | "outputUri">;

interface Spine {
  readonly columns: readonly string[];
  readonly rows: number;
  /** Bounds of the examples' times in microseconds; undefined where no example has one. */
  readonly first: number | undefined;
  readonly last: number | undefined;
}

const keyColumn = (name: string) => identifier(`__key_${name}`);

/** Makes the table `spine`: the rows as they came, numbered, their keys typed and their times in microseconds (`__at`). */
async function makeSpine(session: DuckDbSession, path: string, request: JoinRequest, views: readonly FeatureView[]): Promise<Spine> {
  const header = path.endsWith(".csv") ? [...(await columnTypes(session, `read_csv(${literal(path)}, header = true, all_varchar = true)`)).keys()] : [];
  const source = reader(path, views, header);
  const types = await columnTypes(session, source);
  const known = [...types.keys()];
  const typeOf = (name: string, why: string): string => {
    const type = types.get(name);
    if (type === undefined) throw invalid(`entity rows have no column ${name} (${why}), they have ${known.join(", ")}`);
    return type;
  };
  const { eventTimestampColumn, entityColumns } = request;
  const at = timeExpression(identifier(eventTimestampColumn), typeOf(eventTimestampColumn, "the event timestamp"));
  for (const name of entityColumns ?? []) typeOf(name, "entityColumns");
  const columns = entityColumns === undefined ? known : known.filter((name) => name === eventTimestampColumn || entityColumns.includes(name));
  const taken = new Set(columns.map((name) => name.toLowerCase()));
  const clash = request.features.find(({ column }) => taken.has(column.toLowerCase()));
  if (clash) throw invalid(`entity rows have a column ${clash.column} already: leave it out with entityColumns, or ask for full feature names`);
  const keys = new Map(views.flatMap(({ name, joinKeys }) => joinKeys.map((key) => [key.name, { view: name, type: sqlType(key.valueType) }] as const)));
  const typed = [...keys].map(([name, { view, type }]) => {
    typeOf(name, `a join key of feature view ${view}`);
    return `${identifier(name)}::${type} AS ${keyColumn(name)}`;
  });
  const kept = columns.map((name) => (name === eventTimestampColumn ? `${at} AS ${identifier(name)}` : identifier(name)));
  await session.run(`CREATE TABLE spine AS SELECT row_number() OVER () AS __row, ${[...kept, ...typed].join(", ")}, epoch_us(${at}) AS __at FROM ${source}`);
  const [bounds] = await session.rows("SELECT count(*) AS rows, min(__at) AS first, max(__at) AS last FROM spine");
  const number = (value: unknown) => (typeof value === "bigint" ? Number(value) : undefined);
  return { columns, rows: number(bounds?.["rows"]) ?? 0, first: number(bounds?.["first"]), last: number(bounds?.["last"]) };
}

/**
 * The rows of a view with `__from`: bytes below those of every example time at which the row is the one to take, and above those of the
 * row before. Latest: by event time. As of: a row counts from when it was both there and known; one that is known later than a greater
 * row of its key never counts, so that what remains rises in both orders and one comparison finds it.
 */
function joinable(view: FeatureView, relation: string, knowledge: TrainingRequest["knowledge"]): string {
  if (knowledge === "latest") return `(SELECT *, __order AS __from FROM ${relation})`;
  const keys = view.joinKeys.map(({ name }) => identifier(name)).join(", ");
  return `(SELECT *, create_sort_key(__known, 'ASC NULLS FIRST') AS __from FROM (
    SELECT *, greatest(__at, __made) AS __known FROM ${relation}
    QUALIFY row_number() OVER (PARTITION BY ${keys}, __known ORDER BY __order DESC) = 1)
    QUALIFY __order > coalesce(max(__order) OVER (PARTITION BY ${keys} ORDER BY __known ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), ''::BLOB))`;
}

/**
 * The join as one query. ASOF takes for each example the row with the greatest `__from` below the example's: the bytes of the microsecond
 * after it, so that a row at the same instant is taken. Only that row can be young enough, hence its age is tested afterwards; a null in
 * it stays null. Examples without a match, or without a key, keep their place with nulls.
 */
function joinQuery(spine: Spine, request: JoinRequest, relations: ReadonlyMap<FeatureView, string>): string {
  const alias = new Map([...relations.keys()].map((view, index) => [view, `f${index}`]));
  const feature = ({ view, feature: { name }, column }: RequestedFeature) => {
    const value = `${alias.get(view)}.${identifier(name)}`;
    const young = `${alias.get(view)}.__at >= spine.__at - ${view.ttlSeconds * 1_000_000}`;
    return `${view.ttlSeconds === 0 ? value : `CASE WHEN ${young} THEN ${value} END`} AS ${identifier(column)}`;
  };
  const columns = [...spine.columns.map((name) => `spine.${identifier(name)}`), ...request.features.map(feature)];
  const joins = [...relations].map(([view, relation]) => {
    const keys = view.joinKeys.map(({ name }) => `spine.${keyColumn(name)} = ${alias.get(view)}.${identifier(name)}`);
    return `ASOF LEFT JOIN ${joinable(view, relation, request.knowledge)} AS ${alias.get(view)} ON ${keys.join(" AND ")} AND spine.__to > ${alias.get(view)}.__from`;
  });
  return `SELECT ${columns.join(", ")} FROM (SELECT *, create_sort_key(__at + 1, 'ASC NULLS FIRST') AS __to FROM spine) AS spine ${joins.join("\n")} ORDER BY spine.__row`;
}

export interface FeatureHistory {
  readonly objects: Objects;
  readonly files: FeatureFiles;
}
export interface PreparedJoin {
  /** Gives `columns` of every row, in the order of the rows. */
  readonly query: string;
  readonly columns: string[];
  readonly rows: number;
}

/** Brings what a join of a local file's rows needs into the session. @param path a .csv or .parquet file with the rows */
export async function preparedJoin(session: DuckDbSession, { objects, files }: FeatureHistory, path: string, request: JoinRequest): Promise<PreparedJoin> {
  await session.run("SET TimeZone = 'UTC'");
  const views = [...new Set(request.features.map(({ view }) => view))];
  const spine = await makeSpine(session, path, request, views);
  const relations = new Map<FeatureView, string>();
  for (const [index, view] of views.entries()) {
    const from = view.ttlSeconds === 0 || spine.first === undefined ? undefined : spine.first - view.ttlSeconds * 1e6;
    const found = spine.last === undefined ? [] : await files.list(view, { from, to: spine.last });
    relations.set(view, await featureRelation(session, view, await downloadAll(session, objects, `f${index}`, found)));
  }
  const columns = [...spine.columns, ...request.features.map(({ column }) => column)];
  return { query: joinQuery(spine, request, relations), columns, rows: spine.rows };
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}

function inBucket(uri: string, bucket: string, field: string): ObjectAddress {
  const address = parseS3Uri(uri);
  if (address.bucket !== bucket) throw invalid(`${field} must be in bucket ${bucket}, got ${uri}`);
  return address;
}

/** Point-in-time joins on DuckDB over Parquet files of the bucket `data`, which are brought to the machine first. */
export const pointInTimeJoin = (objects: Objects, files: FeatureFiles, bucket: string, memoryMiB: number): TrainingJoin => ({
  join: (request) =>
    withDuckDb(
      (session) =>
        withInputErrors(async () => {
          const entityRows = inBucket(request.entityRowsUri, bucket, "entityRowsUri");
          const wanted = request.outputUri === undefined ? undefined : inBucket(request.outputUri, bucket, "outputUri");
          const path = join(session.folder, `rows.${entityRows.key.endsWith(".csv") ? "csv" : "parquet"}`);
          await objects.download(entityRows, path);
          const { query, columns, rows } = await preparedJoin(session, { objects, files }, path, request);
          const result = join(session.folder, "joined.parquet");
          await session.run(`COPY (${query}) TO ${literal(result)} (FORMAT parquet, COMPRESSION zstd)`);
          const sha256 = await sha256Of(result);
          const address = wanted ?? { bucket, key: `features/training/${sha256}.parquet` };
          await objects.upload(result, address, "application/vnd.apache.parquet");
          return { uri: formatS3Uri(address), rows, columns, sha256 };
        }),
      { memoryMiB },
    ),
});
