import { defineFunction } from "#contracts/function-spec.ts";
import { tokenContract } from "#contracts/platform/tokens.ts";

export const tokens = defineFunction({
  name: "tokens",
  summary: "Issues, lists and revokes access tokens.",
  contracts: [tokenContract],
  tables: { tokens: "readWrite" },
  memoryMiB: 256,
});
