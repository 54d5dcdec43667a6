import type { loggedModelsContract } from "#contracts/mlflow/logged-models.ts";
import type { modelVersionsContract } from "#contracts/mlflow/model-versions.ts";
import type { pipelineContract } from "#contracts/platform/pipelines.ts";
import type { ReplyOf } from "../client.ts";
import type { Run } from "../experiments/wire.ts";

export type ModelsReply = ReplyOf<typeof loggedModelsContract, "searchLoggedModels">;
export type LoggedModel = NonNullable<ModelsReply["models"]>[number];
export type VersionsReply = ReplyOf<typeof modelVersionsContract, "searchModelVersions">;
export type ExecutionReply = ReplyOf<typeof pipelineContract, "getExecution">;

/** What a run's tag says; undefined where it has none of that key. */
export const tagOf = ({ data }: Run, key: string): string | undefined => data.tags?.find((tag) => tag.key === key)?.value;
