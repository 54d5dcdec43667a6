import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { featureRow } from "#core/features/feature-rows.ts";
import { joinFeatures } from "#core/features/training-join.ts";
import { pointInTimeJoin } from "#stores/duckdb/point-in-time.ts";
import { literal, withDuckDb } from "#stores/duckdb/session.ts";
import { writeParquet } from "#stores/parquet/write-parquet.ts";
import { featureFiles } from "#stores/s3/features.ts";
import { aFeatureStore } from "#test/support/feature-store.ts";
import { aFeatureView } from "#test/support/feature-view.ts";

const day = 86_400;
/** Few keys, times and values, so that ties, exact ages and repeated rows are common. */
const time = fc.integer({ min: 0, max: 12 }).map((half) => half * (day / 2));
const feature = fc.record({
  shop: fc.integer({ min: 1, max: 3 }),
  city: fc.constantFrom("a", "b"),
  at: time,
  created: time,
  sales: fc.option(fc.integer({ min: 0, max: 9 }), { nil: null }),
});
const example = fc.record({
  shop: fc.option(fc.integer({ min: 1, max: 4 }), { nil: null, freq: 8 }),
  city: fc.constantFrom("a", "b"),
  at: fc.option(time, { nil: null, freq: 10 }),
});
type Feature = typeof feature extends fc.Arbitrary<infer T> ? T : never;
type Example = typeof example extends fc.Arbitrary<infer T> ? T : never;

const rowOf = ({ shop, city, at, created, sales }: Feature) => featureRow({ shop, city }, at * 1e6, created * 1e6, { sales });
/** Whether the first of two rows of a key is the one to take: the definition, in words of comparison. */
const isNewer = (a: Feature, b: Feature) => (a.at !== b.at ? a.at > b.at : a.created !== b.created ? a.created > b.created : rowOf(a).tie > rowOf(b).tie);

/** The definition of the join, by looking at every row for every example. */
function reference(features: readonly Feature[], examples: readonly Example[], ttl: number, knowledge: "latest" | "as_of"): (number | null)[] {
  return examples.map(({ shop, city, at }) => {
    if (at === null) return null;
    const candidates = features.filter(
      (row) => row.shop === shop && row.city === city && row.at <= at && (ttl === 0 || row.at >= at - ttl) && (knowledge === "latest" || row.created <= at),
    );
    return candidates.reduce<Feature | undefined>((best, row) => (best && !isNewer(row, best) ? best : row), undefined)?.sales ?? null;
  });
}

describe("a point-in-time join of any rows", () => {
  it("equals the naive definition, whatever the ties, nulls, ages, files and order of arrival", { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(feature, { minLength: 1, maxLength: 12 }), { maxLength: 4 }),
        fc.array(example, { minLength: 1, maxLength: 15 }),
        fc.constantFrom(0, day, 2 * day),
        fc.constantFrom("latest" as const, "as_of" as const),
        async (pushes, examples, ttlSeconds, knowledge) => {
          const { ctx, objects } = aFeatureStore();
          const view = aFeatureView({
            joinKeys: { shop: "INT64", city: "STRING" },
            features: { sales: "INT32" },
            ttlSeconds,
          });
          await ctx.definitions.put("view", view, 0);
          for (const rows of pushes) await ctx.offline.append(view, rows.map(rowOf));
          const columns = [
            { name: "shop", type: "int64" as const, isList: false, values: examples.map(({ shop }) => shop) },
            { name: "city", type: "text" as const, isList: false, values: examples.map(({ city }) => city) },
            { name: "event_timestamp", type: "timestamp" as const, isList: false, values: examples.map(({ at }) => (at === null ? null : at * 1e6)) },
          ];
          await objects.put({ bucket: "data", key: "examples.parquet" }, writeParquet(examples.length, columns));
          const training = pointInTimeJoin(objects, featureFiles(objects, "data"), "data", 256);

          const { uri } = await joinFeatures(
            { definitions: ctx.definitions, training },
            { entityRowsUri: "s3://data/examples.parquet", eventTimestampColumn: "event_timestamp", features: [`${view.name}:sales`], knowledge },
          );

          const read = await withDuckDb(async (session) => {
            await objects.download({ bucket: "data", key: uri.replace("s3://data/", "") }, join(session.folder, "joined.parquet"));
            return session.rows(`SELECT sales FROM ${literal(join(session.folder, "joined.parquet"))}`);
          });
          expect(read.map(({ sales }) => sales)).toEqual(reference(pushes.flat(), examples, ttlSeconds, knowledge));
        },
      ),
      { numRuns: 50 },
    );
  });
});
