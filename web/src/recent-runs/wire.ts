import type { recentRunsContract } from "#contracts/platform/recent-runs.ts";
import { address } from "../address.ts";
import type { ReplyOf } from "../client.ts";

type Recent = typeof recentRunsContract;
export type RunningReply = ReplyOf<Recent, "listRunningRuns">;
export type FailedReply = ReplyOf<Recent, "listFailedRuns">;
export type FoundReply = ReplyOf<Recent, "findRuns">;
export type RecentRun = RunningReply["runs"][number];

export type Show = "running" | "failed";
interface Asked {
  readonly from?: number;
  readonly limit: number;
  /** Milliseconds since 1970. */
  readonly since?: number | undefined;
}

/** Where runs of all experiments are read. */
export const recentRuns = (show: Show, { since, from, limit }: Asked): string =>
  address(["capstan", "v1", "runs", show], { ...(show === "failed" && { since }), from, limit });
