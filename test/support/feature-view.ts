import type { KeyType, ValueType } from "#contracts/platform/features.ts";
import type { FeatureView } from "#core/features/definitions.ts";

interface Shape {
  readonly name?: string;
  readonly joinKeys: Readonly<Record<string, KeyType>>;
  readonly features: Readonly<Record<string, ValueType>>;
  readonly ttlSeconds?: number;
  readonly generation?: string;
}

/** A feature view with an entity per join key, fed by pushes. */
export const aFeatureView = ({ name = "a_view", joinKeys, features, ttlSeconds = 0, generation = "g1" }: Shape): FeatureView => ({
  name,
  entities: Object.keys(joinKeys),
  features: Object.entries(features).map(([feature, valueType]) => ({ name: feature, valueType, description: "", tags: {} })),
  ttlSeconds,
  source: { eventTimestampColumn: "event_timestamp", createdTimestampColumn: "created" },
  description: "",
  owner: "",
  tags: {},
  joinKeys: Object.entries(joinKeys).map(([key, valueType]) => ({ entity: key, name: key, valueType })),
  generation,
  createdAt: 0,
  updatedAt: 0,
});
