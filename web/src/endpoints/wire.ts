import type * as z from "zod";
import type { Endpoint, Variant } from "#contracts/platform/endpoint.ts";
import type { endpointContract } from "#contracts/platform/endpoints.ts";
import type { Rollout, RolloutArm } from "#contracts/platform/rollout.ts";
import type { ReplyOf } from "../client.ts";

export type EndpointReply = z.input<typeof Endpoint>;
export type VariantReply = z.input<typeof Variant>;
export type RolloutReply = z.input<typeof Rollout>;
export type ArmReply = RolloutArm;
export type StatisticsReply = ReplyOf<typeof endpointContract, "getEndpointStatistics">;
export type PredictionReply = {
  readonly predictions: readonly unknown[];
  readonly variant: string;
  readonly modelVersion: string;
  readonly predictionId: string;
};
