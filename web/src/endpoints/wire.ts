import type * as z from "zod";
import type { inferenceContract } from "#contracts/kserve/inference.ts";
import type { Endpoint, EndpointEvent, Variant } from "#contracts/platform/endpoint.ts";
import type { endpointContract } from "#contracts/platform/endpoints.ts";
import type { predictionContract } from "#contracts/platform/predictions.ts";
import type { Rollout, RolloutArm } from "#contracts/platform/rollout.ts";
import type { ReplyOf } from "../client.ts";

export type EndpointReply = z.input<typeof Endpoint>;
export type VariantReply = z.input<typeof Variant>;
export type EventReply = EndpointEvent;
/** As read: the platform has filled every default. */
export type RolloutReply = Rollout;
export type PlanReply = Rollout["plan"];
export type DecisionReply = Rollout["decisions"][number];
export type ArmReply = RolloutArm;
export type StatisticsReply = ReplyOf<typeof endpointContract, "getEndpointStatistics">;
export type ExampleReply = ReplyOf<typeof endpointContract, "listExampleRows">["rows"][number];
export type PortReply = ReplyOf<typeof inferenceContract, "modelMetadata">["inputs"][number];
export type InferReply = ReplyOf<typeof inferenceContract, "infer">;
export type PredictionReply = ReplyOf<typeof predictionContract, "predict">;
