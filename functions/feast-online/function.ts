import { feastOnlineContract } from "#contracts/feast/feature-server.ts";
import { defineFunction } from "#contracts/function-spec.ts";

export const feastOnline = defineFunction({
  name: "feast-online",
  summary: "Feast's feature server: online reads, pushes and writes.",
  contracts: [feastOnlineContract],
  tables: { features: "readWrite" },
  buckets: { data: "readWrite" },
});
