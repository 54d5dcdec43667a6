import type { ModelVersion } from "#core/registry/registry.ts";

/** Ids, as run ids are, of the runs and logged models that a model version was made of or whose files it has: ids stand in the addresses of files. */
export const recordsOfVersion = ({ runId = "", modelId = "", location }: Pick<ModelVersion, "runId" | "modelId" | "location">): readonly string[] =>
  `${runId} ${modelId} ${location}`.match(/(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])/g) ?? [];
