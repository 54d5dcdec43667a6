import { basename, join } from "node:path";
import * as z from "zod";
import type { DatasetWork } from "#core/data/datasets.ts";
import { inferContract } from "#core/data/infer-contract.ts";
import { doesNotExist, invalid } from "#core/errors.ts";
import { describeFile, keepFile } from "#stores/s3/datasets.ts";
import { formatS3Uri, type Objects, parseS3Uri } from "#stores/s3/objects.ts";
import { formatOf, normalise } from "./ingest.ts";
import { previewFile } from "./preview.ts";
import { datasetColumns, profileColumns } from "./profile-columns.ts";
import { type DuckDbSession, literal, withDuckDb } from "./session.ts";
import { splitFile } from "./split.ts";
import { validateFile } from "./validate.ts";

const count = z.bigint().transform(Number);

/** Brings an object into the scratch folder. @throws DomainError when there is none */
async function fetched({ folder }: DuckDbSession, objects: Objects, uri: string): Promise<string> {
  const address = parseS3Uri(uri);
  if ((await objects.size(address)) === undefined) throw doesNotExist(`object ${uri} not found`);
  const file = join(folder, `source-${basename(address.key).replaceAll(/[^\w.-]/g, "_")}`);
  await objects.download(address, file);
  return file;
}

async function rowsOf(session: DuckDbSession, file: string): Promise<number> {
  const [row = {}] = await session.rows(`SELECT count(*) AS rows FROM read_parquet(${literal(file)})`);
  return count.parse(row["rows"]);
}

/** Work on rows, in DuckDB on files that were brought here; results go to the bucket under their hashes. */
export const datasetWork = (objects: Objects, bucket: string): DatasetWork => ({
  ingest: async ({ dataset, sourceUri, format, delimiter }) =>
    await withDuckDb(async (session) => {
      const known = format ?? formatOf(sourceUri);
      const { file, rows, columns } = await normalise(session, await fetched(session, objects, sourceUri), known, delimiter);
      return { data: await keepFile(objects, bucket, dataset, file, rows), columns };
    }),

  check: async (uri, contract) => await withDuckDb(async (session) => await validateFile(session, await fetched(session, objects, uri), contract)),

  propose: async (uri) =>
    await withDuckDb(async (session) => {
      const profiles = await profileColumns(session, await fetched(session, objects, uri));
      return { rows: profiles[0]?.rows ?? 0, contract: inferContract(profiles) };
    }),

  divide: async (dataset, { uri, sha256 }, rule) =>
    await withDuckDb(async (session) => {
      const file = await fetched(session, objects, uri);
      const columns = await datasetColumns(session, file);
      const data = await describeFile(bucket, dataset, file, await rowsOf(session, file));
      if (data.sha256 !== sha256) throw invalid(`sha256 must be that of ${uri}, which is ${data.sha256}, got ${sha256}`);
      const sides = rule === null ? undefined : await splitFile(session, file, columns, rule);
      const keep = async (side: { readonly file: string; readonly rows: number } | undefined) =>
        side ? await keepFile(objects, bucket, dataset, side.file, side.rows) : null;
      return {
        data: { ...data, uri: formatS3Uri(parseS3Uri(uri)) },
        columns,
        train: await keep(sides?.train),
        test: await keep(sides?.test),
        preview: await previewFile(session, file, columns),
      };
    }),
});
