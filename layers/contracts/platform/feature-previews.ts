import * as z from "zod";
import { defineContract } from "../route.ts";
import { joinFeaturesInput } from "./feature-tasks.ts";

/** Enough to look at, few enough for a request and its answer. */
export const mostPreviewRows = 100;

export const featurePreviewContract = defineContract({
  name: "feature-previews",
  surface: "platform",
  summary: "Point-in-time joins of a few rows, to be looked at.",
  routes: {
    previewTrainingSet: {
      method: "POST",
      path: "/capstan/v1/feature-previews",
      summary: "Join features to a few rows as they were at each row's time, exactly as a training set would be. Nothing is written.",
      request: joinFeaturesInput.pick({ eventTimestampColumn: true, features: true, featureService: true, fullFeatureNames: true, knowledge: true }).extend({
        rows: z
          .array(z.record(z.string().min(1), z.union([z.string(), z.number(), z.boolean(), z.null()])))
          .min(1)
          .max(mostPreviewRows)
          .describe("Join keys and the event time by column name; other columns are kept."),
      }),
      response: z.object({
        columns: z.array(z.string()),
        rows: z.array(z.array(z.string().nullable())).describe("In the order that they came in; values as text, null where nothing was known."),
      }),
      errors: ["INVALID_PARAMETER_VALUE", "RESOURCE_DOES_NOT_EXIST"],
    },
  },
});
