import * as z from "zod";
import { DataContract, DatasetColumn } from "./data-contract.ts";

export const datasetName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/, "must be 1 to 63 letters, digits, dots, underscores or hyphens");
const s3Uri = z.string().startsWith("s3://");

export const IngestInput = z.object({
  dataset: datasetName,
  sourceUri: s3Uri,
  format: z.enum(["csv", "parquet", "jsonl"]).optional().describe("By default from the name's ending: .csv, .csv.gz, .parquet, .jsonl, .ndjson."),
  delimiter: z.enum([",", ";", "\t", "|"]).default(","),
});
export const IngestOutput = z.object({
  dataset: z.string(),
  uri: z.string().describe("Parquet, named by its hash."),
  sha256: z.string(),
  bytes: z.int(),
  rows: z.int(),
  columns: z.array(DatasetColumn),
});

export const ValidateInput = z.object({
  dataset: datasetName,
  uri: s3Uri,
  contract: DataContract.nullish().describe("By default the dataset's own."),
});
export const ValidateOutput = z.object({
  ok: z.literal(true),
  reportUri: z.string(),
  rows: z.int(),
  warnings: z.int(),
});

export const SplitRule = z
  .strictObject({
    testShare: z.number().gt(0).lt(1).default(0.2),
    seed: z.int().default(0),
    key: z.string().optional().describe("Rows of one key stay together, and stay where they are as rows are added. @default all columns of the row"),
    stratify: z.string().optional().describe("Each value of this column is split in the same proportion."),
  })
  .meta({ id: "SplitRule", description: "How rows are divided into train and test: by hash, so that the same rows fall on the same side." });
export type SplitRule = z.output<typeof SplitRule>;

export const VersionInput = z.object({
  dataset: datasetName,
  uri: s3Uri,
  sha256: z.string().regex(/^[0-9a-f]{64}$/, "must be 64 hexadecimal digits"),
  contractReportUri: s3Uri.nullish(),
  parents: z.array(z.string()).default([]).describe("Versions, of this or other datasets, that this one was made from."),
  split: SplitRule.nullish(),
});

export const DataFile = z.object({ uri: z.string(), sha256: z.string(), bytes: z.int(), rows: z.int() });
export type DataFile = z.output<typeof DataFile>;

export const DatasetManifest = z
  .object({
    dataset: z.string(),
    version: z.string().describe("Hash of what the version holds: columns, files and split."),
    columns: z.array(DatasetColumn),
    data: DataFile,
    split: SplitRule.nullable(),
    train: DataFile.nullable(),
    test: DataFile.nullable(),
    parents: z.array(z.string()),
    contractReportUri: z.string().nullable(),
    previewUri: z.string(),
  })
  .meta({ id: "DatasetManifest", description: "Everything that a version of a dataset is." });
export type DatasetManifest = z.output<typeof DatasetManifest>;

export const VersionOutput = z.object({
  dataset: z.string(),
  version: z.string(),
  manifestUri: z.string(),
  uri: z.string(),
  rows: z.int(),
  trainUri: z.string().nullable(),
  testUri: z.string().nullable(),
});
