import type * as z from "zod";
import type { feastOnlineContract } from "#contracts/feast/feature-server.ts";
import type { Content } from "#contracts/route.ts";
import { type FeatureValue, plainValue } from "#core/features/feature-values.ts";
import type { OnlineAnswer, OnlineRead } from "#core/features/read-online.ts";
import { formatTimestamp } from "#core/features/timestamps.ts";
import { json } from "#runtime/feast-replies.ts";

type GetOnlineFeatures = z.output<(typeof feastOnlineContract.routes.getOnlineFeatures)["request"]>;

/** Columns of a data frame as rows. A column that is too short gives rows that lack it, which are refused as such. */
export function rowsOf(frame: Readonly<Record<string, readonly unknown[]>>): Record<string, unknown>[] {
  const columns = Object.entries(frame);
  const length = Math.max(0, ...columns.map(([, values]) => values.length));
  return Array.from({ length }, (_, row) =>
    Object.fromEntries(columns.filter(([, values]) => row < values.length).map(([name, values]) => [name, values[row]])),
  );
}

/** `JSON.rawJSON` writes text as it is (TC39, JSON.parse source text access). */
const rawJson = (text: string) => (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON(text);
/** A whole double keeps its ".0": the client takes its type from the number's form. */
const doubleJson = (value: unknown) => (typeof value === "number" && Number.isInteger(value) && Math.abs(value) < 1e15 ? rawJson(`${value}.0`) : value);

function valueJson(type: string, value: FeatureValue): unknown {
  if (typeof value === "bigint") return value;
  const isDouble = type.startsWith("DOUBLE") || type.startsWith("FLOAT");
  if (Array.isArray(value)) return (value as readonly FeatureValue[]).map((one) => valueJson(type, one));
  const plain = plainValue(value);
  return isDouble ? doubleJson(plain) : plain;
}

/** Feast's names of what {@link readOnline} takes. */
export const readRequest = (request: GetOnlineFeatures): OnlineRead => ({
  features: request.features,
  featureService: request.feature_service,
  fullFeatureNames: request.full_feature_names,
  entities: request.entities,
  consistent: request.consistency === "strong",
});

/** A read's answer; feature_server.py sends the protobuf GetOnlineFeaturesResponse as JSON. */
export function onlineResponse({ columns, views }: OnlineAnswer, request: GetOnlineFeatures): Content {
  const versions = request.include_feature_view_version_metadata === true && { feature_view_metadata: views.map((name) => ({ name })) };
  const times = new Map([...new Set(columns.map(({ eventTimes }) => eventTimes))].map((list) => [list, list.map(formatTimestamp)]));
  return json(200, {
    results: columns.map(({ type, values, statuses, eventTimes }) => ({
      values: values.map((value) => valueJson(type, value)),
      statuses,
      event_timestamps: times.get(eventTimes),
    })),
    metadata: { feature_names: columns.map(({ name }) => name), ...versions },
  });
}
