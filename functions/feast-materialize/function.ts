import { feastMaterializeContract } from "#contracts/feast/feature-server.ts";
import { defineFunction } from "#contracts/function-spec.ts";

export const feastMaterialize = defineFunction({
  name: "feast-materialize",
  summary: "Feast's feature server: copies the newest rows of the offline store to the online store.",
  contracts: [feastMaterializeContract],
  tables: { features: "readWrite" },
  buckets: { data: "read" },
  duckdb: true,
  memoryMiB: 3008,
  ephemeralMiB: 10_240,
});
