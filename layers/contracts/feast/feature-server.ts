import * as z from "zod";
import { content, defineContract } from "../route.ts";

/** A data frame as Feast's clients send it: column name to values, all of one length. */
const frame = z.record(z.string(), z.array(z.unknown()));
const errors = ["INVALID_PARAMETER_VALUE", "RESOURCE_DOES_NOT_EXIST"] as const;

/** Feast's feature server (feast 0.67, feature_server.py): the part that `online_store: {type: remote}` calls to read and to write. */
export const feastOnlineContract = defineContract({
  name: "feast-online",
  surface: "feast",
  summary: "Feast's feature server: online reads, pushes and writes.",
  routes: {
    getOnlineFeatures: {
      method: "POST",
      path: "/get-online-features",
      summary: "Read features of some entities: one column of values, statuses and event times per name, in the order of the entities.",
      request: z.object({
        features: z.array(z.string()).nullish(),
        feature_service: z.string().nullish(),
        entities: z.record(z.string(), z.array(z.unknown())),
        full_feature_names: z.boolean().nullish(),
        include_feature_view_version_metadata: z.boolean().nullish(),
        consistency: z.enum(["eventual", "strong"]).default("eventual").describe("Ours: strong sees every write that was answered, at twice the read units."),
      }),
      response: content,
      errors,
    },
    push: {
      method: "POST",
      path: "/push",
      summary: "Write rows to every feature view of a push source.",
      request: z.object({ push_source_name: z.string(), df: frame, to: z.enum(["online", "offline", "online_and_offline"]).default("online") }),
      response: content,
      errors,
    },
    writeToOnlineStore: {
      method: "POST",
      path: "/write-to-online-store",
      summary: "Write rows of one feature view to the online store.",
      request: z.object({ feature_view_name: z.string(), df: frame }),
      response: content,
      errors,
    },
  },
});

const views = z.array(z.string()).nullish().describe("@default all");
export const feastMaterializeContract = defineContract({
  name: "feast-materialize",
  surface: "feast",
  summary: "Feast's feature server: copying the newest rows of the offline store to the online store.",
  routes: {
    materialize: {
      method: "POST",
      path: "/materialize",
      summary: "Copy the newest row per key of a time range, both ends included.",
      request: z.object({ start_ts: z.string().nullish(), end_ts: z.string().nullish(), feature_views: views, disable_event_timestamp: z.boolean().nullish() }),
      response: content,
      errors,
    },
    materializeIncremental: {
      method: "POST",
      path: "/materialize-incremental",
      summary: "Copy what files written since the last time hold, up to an event time.",
      request: z.object({ end_ts: z.string(), feature_views: views }),
      response: content,
      errors,
    },
  },
});
