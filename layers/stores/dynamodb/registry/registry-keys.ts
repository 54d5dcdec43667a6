import type { Kind } from "#core/registry/registry-store.ts";

const key = (pk: string, sk: string) => ({ pk: { S: pk }, sk: { S: sk } });
export type RowKey = ReturnType<typeof key>;

/** Ten digits: the order of the text is the order of the numbers. */
const padded = (version: number) => String(version).padStart(10, "0");

export const modelKey = (name: string) => key(`N#M#${name}`, "m");
export const versionsPartition = (modelId: string) => `M#${modelId}`;
export const versionKey = (modelId: string, version: number) => key(versionsPartition(modelId), `v#${padded(version)}`);

export const historyPartition = (modelId: string) => `H#${modelId}`;
/** An entry in the model's history, or in that of one version. */
export const historyKey = (modelId: string, version: number | undefined, number: number) =>
  key(historyPartition(modelId), `${version === undefined ? "m#" : `v#${padded(version)}#`}${padded(number)}`);
/** No change has a greater number. */
export const lastNumber = 9_999_999_999;

/** Prompts are kept apart: a search for models never reads their texts. */
const partitions = {
  model: { models: "L#models#0", versions: "L#versions#0" },
  prompt: { models: "L#prompts#0", versions: "L#promptversions#0" },
} as const satisfies Record<Kind, object>;

export const modelsPartition = (kind: Kind) => partitions[kind].models;
export const allVersionsPartition = (kind: Kind) => partitions[kind].versions;
export const modelEntryKey = (kind: Kind, modelId: string) => key(partitions[kind].models, modelId);
export const versionEntryKey = (kind: Kind, modelId: string, version: number) => key(partitions[kind].versions, `${modelId}#${padded(version)}`);
/** The model's id in a version entry's sort key. */
export const modelIdOfEntry = (sortKey: string) => sortKey.slice(0, sortKey.lastIndexOf("#"));
