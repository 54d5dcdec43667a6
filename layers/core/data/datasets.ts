import type { PlatformEvent } from "#contracts/events/platform-event.ts";
import type { ContractReport, DataContract, DatasetColumn } from "#contracts/platform/data-contract.ts";
import type { DataFile, DatasetManifest, SplitRule } from "#contracts/platform/dataset-tasks.ts";
import type { Dataset, DatasetVersion } from "#contracts/platform/datasets.ts";
import { doesNotExist } from "#core/errors.ts";

/** Where datasets and their versions are remembered. */
export interface DatasetStore {
  /** Creates or replaces description and contract; what else is known of the dataset stays. */
  put(dataset: Pick<Dataset, "name" | "description" | "contract">, at: string): Promise<Dataset>;
  find(name: string): Promise<Dataset | undefined>;
  list(): Promise<Dataset[]>;
  /** Adds a version, and the dataset where it is new. Of versions with the same name the first is kept. @returns the one that is kept */
  addVersion(version: DatasetVersion): Promise<{ readonly version: DatasetVersion; readonly announced: boolean }>;
  markAnnounced(dataset: string, version: string): Promise<void>;
  findVersion(dataset: string, version: string): Promise<DatasetVersion | undefined>;
  /** The newest first. */
  versions(dataset: string): Promise<DatasetVersion[]>;
}

export interface Preview {
  readonly columns: string[];
  readonly rows: (string | number | boolean | null)[][];
}

/** The small documents that belong to a dataset's files. All are named by what they hold, so that writing one again changes nothing. */
export interface DatasetDocuments {
  writeManifest(manifest: DatasetManifest): Promise<string>;
  readManifest(uri: string): Promise<DatasetManifest>;
  writeReport(report: ContractReport): Promise<string>;
  writePreview(dataset: string, preview: Preview): Promise<string>;
  readPreview(uri: string): Promise<Preview>;
}

/** What needs the rows themselves. Files that it makes are kept under the dataset's name, by their hash. */
export interface DatasetWork {
  ingest(source: {
    readonly dataset: string;
    readonly sourceUri: string;
    readonly format?: "csv" | "parquet" | "jsonl" | undefined;
    readonly delimiter: string;
  }): Promise<{
    readonly data: DataFile;
    readonly columns: readonly DatasetColumn[];
  }>;
  check(uri: string, contract: DataContract): Promise<Omit<ContractReport, "dataset" | "uri">>;
  propose(uri: string): Promise<{ readonly rows: number; readonly contract: DataContract }>;
  /** @throws DomainError when the object's content is not what `sha256` says */
  divide(
    dataset: string,
    data: { readonly uri: string; readonly sha256: string },
    rule: SplitRule | null,
  ): Promise<{
    readonly data: DataFile;
    readonly columns: readonly DatasetColumn[];
    readonly train: DataFile | null;
    readonly test: DataFile | null;
    readonly preview: Preview;
  }>;
}

export interface DatasetContext {
  readonly datasets: DatasetStore;
  readonly documents: DatasetDocuments;
  readonly now: () => number;
}
export interface DatasetTaskContext extends DatasetContext {
  readonly work: DatasetWork;
  /** Lower-case hexadecimal SHA-256 of a text. */
  readonly digest: (text: string) => string;
  readonly announce: (event: PlatformEvent) => Promise<void>;
}

export const timestamp = ({ now }: Pick<DatasetContext, "now">): string => new Date(now()).toISOString();

/** @throws DomainError when there is none */
export async function getDataset({ datasets }: DatasetContext, name: string): Promise<Dataset> {
  const dataset = await datasets.find(name);
  if (!dataset) throw doesNotExist(`dataset ${name} not found`);
  return dataset;
}

/** A version by its name, or the newest as `latest`. @throws DomainError when there is none */
async function getVersion(ctx: DatasetContext, dataset: string, version: string): Promise<DatasetVersion> {
  const name = version === "latest" ? (await getDataset(ctx, dataset)).latestVersion : version;
  const found = name === null ? undefined : await ctx.datasets.findVersion(dataset, name);
  if (!found) throw doesNotExist(`version ${version} of dataset ${dataset} not found`);
  return found;
}

export async function listVersions(ctx: DatasetContext, dataset: string): Promise<DatasetVersion[]> {
  await getDataset(ctx, dataset);
  return await ctx.datasets.versions(dataset);
}

export const getManifest = async (ctx: DatasetContext, dataset: string, version: string): Promise<DatasetManifest> =>
  await ctx.documents.readManifest((await getVersion(ctx, dataset, version)).manifestUri);

export const getPreview = async (ctx: DatasetContext, dataset: string, version: string): Promise<Preview> =>
  await ctx.documents.readPreview((await getManifest(ctx, dataset, version)).previewUri);
