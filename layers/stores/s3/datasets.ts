import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import * as z from "zod";
import { type DataFile, DatasetManifest } from "#contracts/platform/dataset-tasks.ts";
import type { DatasetDocuments } from "#core/data/datasets.ts";
import { doesNotExist } from "#core/errors.ts";
import { formatS3Uri, type Objects, parseS3Uri } from "./objects.ts";

/**
 * Datasets in the data bucket.
 *
 * | what | key |
 * |---|---|
 * | a source as it was uploaded | `uploads/<dataset>/<file name>` |
 * | rows | `datasets/<dataset>/objects/<sha256>.parquet` |
 * | the first rows, a contract report | `datasets/<dataset>/documents/<sha256>.json` |
 * | a version | `datasets/<dataset>/versions/<version>/manifest.json` |
 */
const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const Preview = z.object({ columns: z.array(z.string()), rows: z.array(z.array(value)) });

export const uploadKey = (dataset: string, fileName: string) => `uploads/${dataset}/${fileName}`;
export const sha256Of = (text: string) => createHash("sha256").update(text).digest("hex");

async function hashOf(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file)) hash.update(chunk as Uint8Array);
  return hash.digest("hex");
}

/** What a local file holds, as it would be kept. */
export async function describeFile(bucket: string, dataset: string, file: string, rows: number): Promise<DataFile> {
  const sha256 = await hashOf(file);
  return { uri: formatS3Uri({ bucket, key: `datasets/${dataset}/objects/${sha256}.parquet` }), sha256, bytes: (await stat(file)).size, rows };
}

/** Keeps a local file under its hash; one that is kept already is not sent again. */
export async function keepFile(objects: Objects, bucket: string, dataset: string, file: string, rows: number): Promise<DataFile> {
  const described = await describeFile(bucket, dataset, file, rows);
  const address = parseS3Uri(described.uri);
  if ((await objects.size(address)) !== described.bytes) await objects.upload(file, address, "application/vnd.apache.parquet");
  return described;
}

export function datasetDocuments(objects: Objects, bucket: string): DatasetDocuments {
  async function write(key: string, document: unknown): Promise<string> {
    await objects.putIfAbsent({ bucket, key }, JSON.stringify(document), "application/json");
    return formatS3Uri({ bucket, key });
  }
  const byHash = async (dataset: string, document: unknown) =>
    await write(`datasets/${dataset}/documents/${sha256Of(JSON.stringify(document))}.json`, document);
  async function read<T>(uri: string, schema: z.ZodType<T>): Promise<T> {
    const bytes = await objects.get(parseS3Uri(uri));
    if (!bytes) throw doesNotExist(`object ${uri} not found`);
    return schema.parse(JSON.parse(Buffer.from(bytes).toString("utf8")));
  }
  return {
    writeManifest: async (manifest) => await write(`datasets/${manifest.dataset}/versions/${manifest.version}/manifest.json`, manifest),
    readManifest: async (uri) => await read(uri, DatasetManifest),
    writeReport: async (report) => await byHash(report.dataset, report),
    writePreview: byHash,
    readPreview: async (uri) => await read(uri, Preview),
  };
}
