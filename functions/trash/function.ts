import { defineFunction } from "#contracts/function-spec.ts";
import { trashContract } from "#contracts/platform/trash.ts";

export const trash = defineFunction({
  name: "trash",
  summary: "Deletes experiments for good.",
  contracts: [trashContract],
  tables: { tracking: "readWrite", platform: "read" },
  events: true,
});
