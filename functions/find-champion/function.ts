import { defineFunction } from "#contracts/function-spec.ts";
import { FindChampionInput, FindChampionOutput } from "#contracts/platform/pipeline-tasks.ts";

export const findChampion = defineFunction({
  name: "find-champion",
  summary: "Finds the version that the alias champion names.",
  task: { input: FindChampionInput, output: FindChampionOutput },
  tables: { tracking: "read" },
  buckets: { artifacts: "read" },
});
