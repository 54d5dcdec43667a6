import * as z from "zod";
import { featureReference, name } from "./features.ts";

const uri = z.string().regex(/^s3:\/\/[^/]+\/.+/, "must be like s3://bucket/key");

/** What a point-in-time join takes. */
export const joinFeaturesInput = z.object({
  entityRowsUri: uri.regex(/\.(parquet|csv)$/, "must end in .parquet or .csv").describe("A Parquet or CSV file with a row per training example."),
  entityColumns: z.array(z.string().min(1)).min(1).optional().describe("Columns of the rows to keep beside the event time. @default all"),
  eventTimestampColumn: z.string().min(1).default("event_timestamp").describe("When each example happened; UTC where no zone is named."),
  features: z.array(featureReference).min(1).max(500).optional(),
  featureService: name.optional().describe("Instead of features."),
  fullFeatureNames: z.boolean().default(false).describe("Name columns view__feature rather than feature."),
  knowledge: z
    .enum(["latest", "as_of"])
    .default("latest")
    .describe("as_of: leave out rows that were created after the example happened, so that late corrections do not leak."),
  outputUri: uri
    .regex(/\.parquet$/, "must end in .parquet")
    .optional()
    .describe("@default a name made from the content, in the bucket `data`"),
});

export const joinFeaturesOutput = z.object({
  uri: z.string(),
  rows: z.int(),
  columns: z.array(z.string()),
  sha256: z.string(),
});
