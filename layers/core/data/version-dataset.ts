import type * as z from "zod";
import { datasetVersioned } from "#contracts/events/datasets.ts";
import { eventOf } from "#contracts/events/platform-event.ts";
import type { DatasetManifest, VersionInput, VersionOutput } from "#contracts/platform/dataset-tasks.ts";
import { type DatasetTaskContext, timestamp } from "./datasets.ts";

type Content = Pick<DatasetManifest, "columns" | "data" | "split" | "train" | "test">;

/** Names a version by what it holds: 16 hexadecimal digits of the hash of columns, files and split. Where it lies, and who made it, do not matter. */
const versionName = ({ columns, data, split, train, test }: Content, digest: (text: string) => string): string =>
  digest(
    JSON.stringify([
      columns.map(({ name, type }) => [name, type]),
      data.sha256,
      split && [split.testShare, split.seed, split.key ?? null, split.stratify ?? null],
      train?.sha256 ?? null,
      test?.sha256 ?? null,
    ]),
  ).slice(0, 16);

/** Makes a version of ingested data, divided where asked. The same content is the same version, however often this is repeated. */
export async function versionDataset(ctx: DatasetTaskContext, input: z.output<typeof VersionInput>): Promise<z.input<typeof VersionOutput>> {
  const { dataset, uri, sha256, parents } = input;
  const split = input.split ?? null;
  const { preview, columns, ...files } = await ctx.work.divide(dataset, { uri, sha256 }, split);
  const content = { ...files, columns: [...columns], split };
  const version = versionName(content, ctx.digest);
  const previewUri = await ctx.documents.writePreview(dataset, preview);
  const manifest = { dataset, version, ...content, parents, contractReportUri: input.contractReportUri ?? null, previewUri };
  const manifestUri = await ctx.documents.writeManifest(manifest);
  const { rows, bytes } = content.data;
  const kept = await ctx.datasets.addVersion({ dataset, version, createdAt: timestamp(ctx), rows, bytes, uri: content.data.uri, manifestUri, parents });
  if (!kept.announced) {
    await ctx.announce(eventOf(datasetVersioned, { dataset, version, manifestUri: kept.version.manifestUri, rows }));
    await ctx.datasets.markAnnounced(dataset, version);
  }
  return {
    dataset,
    version,
    manifestUri: kept.version.manifestUri,
    uri: content.data.uri,
    rows,
    trainUri: content.train?.uri ?? null,
    testUri: content.test?.uri ?? null,
  };
}
