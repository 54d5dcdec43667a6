import { artifactAddress } from "#core/artifacts/artifact-address.ts";
import type { ArtifactStore } from "#core/artifacts/artifact-store.ts";
import type { RegistryStore } from "#core/registry/registry-store.ts";
import { eachOf } from "../each-of.ts";
import { DomainError } from "../errors.ts";
import type { Removal, RemovalStore } from "./removal.ts";
import { recordsOfVersion } from "./version-records.ts";

/** What an experiment that is gone for good left behind. Every step is safe to repeat. */
export interface Remains extends Pick<RemovalStore, "list"> {
  /** Keeps others from packing its runs for some minutes. False while another does. */
  claim(removal: Removal): Promise<boolean>;
  /** Ids of its runs and logged models, those that are packed among them. */
  records(removal: Removal): Promise<{ readonly runs: readonly string[]; readonly models: readonly string[] }>;
  removeRun(runId: string): Promise<void>;
  removeModel(removal: Removal, modelId: string): Promise<void>;
  /** Removes what is left when all records are gone, and the note that something is left as the last. */
  end(removal: Removal): Promise<void>;
}

export interface FinishContext {
  readonly remains: Remains;
  readonly registry: Pick<RegistryStore, "listAllVersions">;
  readonly artifacts: Pick<ArtifactStore, "remove">;
  /** The bucket that is ours to clear. */
  readonly bucket: string;
}

/** Removes a folder of our bucket. Files that somebody keeps elsewhere are theirs. */
async function removeFiles({ artifacts, bucket }: FinishContext, uri: string): Promise<void> {
  try {
    const address = artifactAddress(bucket, uri);
    if (address.bucket === bucket) await artifacts.remove(address);
  } catch (error) {
    // An address of another kind, such as file:, was never ours to keep.
    if (!(error instanceof DomainError)) throw error;
  }
}

/**
 * Removes what an experiment left behind: files and records one by one, then what they share. Blocks go after the records, since they tell which there
 * were: cut off anywhere, it is begun again and finds what is left. Files of a registered version stay, should one have been registered
 * while the experiment went. @returns false where its runs are being packed: then nothing was done
 */
async function finishRemoval(ctx: FinishContext, removal: Removal): Promise<boolean> {
  const { remains, registry } = ctx;
  if (!(await remains.claim(removal))) return false;
  const { runs, models } = await remains.records(removal);
  const kept = new Set((await registry.listAllVersions("model")).flatMap(recordsOfVersion));
  const folder = removal.artifactLocation;
  await eachOf(runs, async (runId) => {
    if (!kept.has(runId)) await removeFiles(ctx, `${folder}/${runId}`);
    await remains.removeRun(runId);
  });
  await eachOf(models, async (modelId) => {
    if (!kept.has(modelId.replace("m-", ""))) await removeFiles(ctx, `${folder}/models/${modelId}`);
    await remains.removeModel(removal, modelId);
  });
  await remains.end(removal);
  return true;
}

/** Finishes the removal of one experiment, or of every one of which something is left. */
export async function finishRemovals(ctx: FinishContext, experimentId: string | undefined) {
  const left = (await ctx.remains.list()).filter((removal) => experimentId === undefined || removal.experimentId === experimentId);
  const removed: string[] = [];
  const waiting: string[] = [];
  for (const removal of left) ((await finishRemoval(ctx, removal)) ? removed : waiting).push(removal.experimentId);
  return { removed, waiting };
}
