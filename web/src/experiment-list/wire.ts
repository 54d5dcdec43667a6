import type { experimentsContract } from "#contracts/mlflow/experiments.ts";
import type { experimentSummariesContract } from "#contracts/platform/experiment-summaries.ts";
import type { trashContract } from "#contracts/platform/trash.ts";
import type { ReplyOf } from "../client.ts";

export type ExperimentsReply = ReplyOf<typeof experimentsContract, "listExperiments">;
export type Experiment = NonNullable<ExperimentsReply["experiments"]>[number];
export type RemovalsReply = ReplyOf<typeof trashContract, "listRemovals">;
export type SummariesReply = ReplyOf<typeof experimentSummariesContract, "summarizeExperiments">;
export type Summary = SummariesReply["summaries"][number];

/** Where MLflow keeps an experiment's description. */
export const noteTag = "mlflow.note.content";
export const noteOf = ({ tags }: Experiment): string => tags?.find(({ key }) => key === noteTag)?.value ?? "";
/** What MLflow's clients and this console keep in tags is theirs. */
const isKept = (key: string) => key.startsWith("mlflow.") || key.startsWith("capstan.");
/** The tags that people set. */
export const ownTagsOf = ({ tags }: Experiment): string =>
  (tags ?? [])
    .filter(({ key }) => !isKept(key))
    .map(({ key, value }) => `${key}: ${value}`)
    .join(", ");

/** An operation of MLflow's experiments, for {@link useChange}. */
export const experimentPath = (operation: "create" | "update" | "delete" | "restore" | "set-experiment-tag") => `/api/2.0/mlflow/experiments/${operation}`;
/** The most that one question lists; more are found by search. */
export const mostListed = 1000;
