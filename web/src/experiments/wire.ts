import type { experimentsContract } from "#contracts/mlflow/experiments.ts";
import type { runsContract } from "#contracts/mlflow/runs.ts";
import type { ReplyOf } from "../client.ts";

export type ExperimentsReply = ReplyOf<typeof experimentsContract, "listExperiments">;
export type ExperimentReply = ReplyOf<typeof experimentsContract, "getExperiment">;
export type RunsReply = ReplyOf<typeof runsContract, "searchRuns">;
export type RunReply = ReplyOf<typeof runsContract, "getRun">;
export type Run = RunReply["run"];

/** A number of the wire, where the three that JSON lacks are spelled. */
export const toNumber = (value: number | string): number => Number(value);
/** A time or count of the wire, which is exact beyond 2^53 there and need not be here. */
export const plain = (value: number | bigint | string): number => Number(value);
