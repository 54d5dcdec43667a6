import type { featurePreviewContract } from "#contracts/platform/feature-previews.ts";
import type { featureContract } from "#contracts/platform/features.ts";
import type { ReplyOf } from "../client.ts";

export type EntitiesReply = ReplyOf<typeof featureContract, "listEntities">;
export type ViewsReply = ReplyOf<typeof featureContract, "listFeatureViews">;
export type ServicesReply = ReplyOf<typeof featureContract, "listFeatureServices">;
export type ViewReply = ReplyOf<typeof featureContract, "getFeatureView">;
export type PreviewReply = ReplyOf<typeof featurePreviewContract, "previewTrainingSet">;
/** Feast's reply: a column of values for each name. */
export interface OnlineReply {
  readonly metadata: { readonly feature_names: readonly string[] };
  readonly results: readonly { readonly values: readonly unknown[]; readonly statuses: readonly string[]; readonly event_timestamps: readonly string[] }[];
}
