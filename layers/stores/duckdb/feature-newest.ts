import { DuckDBBlobValue, DuckDBListValue, type DuckDBValue } from "@duckdb/node-api";
import type { ValueType } from "#contracts/platform/features.ts";
import type { FeatureView } from "#core/features/definitions.ts";
import { type FeatureRow, featureRow } from "#core/features/feature-rows.ts";
import { type FeatureValue, isList, readValue, scalarOf } from "#core/features/feature-values.ts";
import type { OfflineHistory, OfflineRange } from "#core/features/offline-store.ts";
import type { FeatureFiles } from "../s3/features.ts";
import type { Objects } from "../s3/objects.ts";
import { withInputErrors } from "./feature-input-errors.ts";
import { downloadAll, featureRelation } from "./feature-source.ts";
import { identifier, withDuckDb } from "./session.ts";

const rowsPerBatch = 5000;

/** UNIX_TIMESTAMP as whole seconds; the other types as they are. */
function selected(name: string, type: ValueType): string {
  const column = identifier(name);
  if (scalarOf(type) !== "UNIX_TIMESTAMP") return column;
  return `${isList(type) ? `list_transform(${column}, lambda one: epoch_us(one) // 1000000)` : `epoch_us(${column}) // 1000000`} AS ${column}`;
}

function plain(value: DuckDBValue | undefined): unknown {
  if (value instanceof DuckDBListValue) return value.items.map(plain);
  return value instanceof DuckDBBlobValue ? value.bytes : value;
}

function toRow(view: FeatureView, row: Readonly<Record<string, DuckDBValue>>): FeatureRow {
  const read = (fields: readonly { readonly name: string; readonly valueType: ValueType }[]): Record<string, FeatureValue> =>
    Object.fromEntries(fields.map(({ name, valueType }) => [name, readValue(valueType, plain(row[name]), name)]));
  const createdAt = view.source.createdTimestampColumn === null ? 0 : Number(row["__made"]);
  return featureRow(read(view.joinKeys), Number(row["__at"]), createdAt, read(view.features));
}

/** The history of feature views, read from their Parquet files through DuckDB. */
export const featureHistory = (objects: Objects, files: FeatureFiles, memoryMiB: number): OfflineHistory => ({
  newest: (view, { from, to, filesSince = 0 }: OfflineRange, take) =>
    withDuckDb(
      (session) =>
        withInputErrors(async () => {
          const found = (await files.list(view, { from, to: Number.POSITIVE_INFINITY })).filter(({ modifiedAt }) => modifiedAt >= filesSince);
          if (found.length === 0) return { later: 0 };
          await session.run("SET TimeZone = 'UTC'");
          const relation = await featureRelation(session, view, await downloadAll(session, objects, "f", found));
          const keys = view.joinKeys.map(({ name }) => identifier(name)).join(", ");
          const columns = [...view.joinKeys, ...view.features].map(({ name, valueType }) => selected(name, valueType));
          await session.run(
            `CREATE TABLE newest AS SELECT row_number() OVER () AS __row, ${columns.join(", ")}, __at, __made FROM ${relation}
             WHERE __at <= $1 ${from === undefined ? "" : "AND __at >= $2"} QUALIFY row_number() OVER (PARTITION BY ${keys} ORDER BY __order DESC) = 1`,
            [BigInt(to), ...(from === undefined ? [] : [BigInt(from)])],
          );
          for (let start = 1; ; start += rowsPerBatch) {
            const rows = await session.rows("SELECT * FROM newest WHERE __row >= $1 AND __row < $2", [BigInt(start), BigInt(start + rowsPerBatch)]);
            if (rows.length === 0) break;
            await take(rows.map((row) => toRow(view, row)));
          }
          const [counted] = await session.rows(`SELECT count(*) AS later FROM ${relation} WHERE __at > $1`, [BigInt(to)]);
          return { newestFileAt: Math.max(...found.map(({ modifiedAt }) => modifiedAt)), later: Number(counted?.["later"] ?? 0) };
        }),
      { memoryMiB },
    ),
});
