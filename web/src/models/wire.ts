import type { modelVersionsContract } from "#contracts/mlflow/model-versions.ts";
import type { registeredModelsContract } from "#contracts/mlflow/registered-models.ts";
import type { ReplyOf } from "../client.ts";

export type ModelsReply = ReplyOf<typeof registeredModelsContract, "searchRegisteredModels">;
export type ModelReply = ReplyOf<typeof registeredModelsContract, "getRegisteredModel">;
export type VersionsReply = ReplyOf<typeof modelVersionsContract, "searchModelVersions">;
export type Version = NonNullable<VersionsReply["model_versions"]>[number];
