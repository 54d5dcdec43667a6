import type { Execution } from "#contracts/platform/pipelines.ts";
import type { DocumentStore } from "#core/pipelines/documents.ts";
import type { RegistryStore } from "#core/registry/registry-store.ts";
import { conflict, doesNotExist, invalid } from "../errors.ts";
import type { ExperimentStore } from "./experiment.ts";
import { idParts } from "./record-id.ts";
import { recordsOfVersion } from "./version-records.ts";

/** An experiment that was deleted for good, and what must be known to remove what is left of it. */
export interface Removal {
  readonly experimentId: string;
  readonly name: string;
  readonly artifactLocation: string;
  readonly shards: number;
  /** Milliseconds since 1970. */
  readonly requestedAt: number;
  readonly by: string;
}

/** Removals that have begun. */
export interface RemovalStore {
  /** Takes a deleted experiment out of sight, frees its name and keeps what is left to do, all at one moment. False where it is not deleted, or another was faster. */
  begin(removal: Removal): Promise<boolean>;
  /** Whether an experiment is gone for good, also when nothing is left of it. */
  isGone(experimentId: string): Promise<boolean>;
  /** Those of which something is left. */
  list(): Promise<readonly Removal[]>;
}

export interface RemovalContext {
  readonly experiments: Pick<ExperimentStore, "find">;
  readonly removals: RemovalStore;
  readonly registry: Pick<RegistryStore, "listModels" | "listAllVersions">;
  readonly executions: Pick<DocumentStore<Execution>, "list">;
  /** Tells that there is something to remove. It must not fail. */
  readonly announce: (experimentId: string) => Promise<void>;
  readonly now: () => number;
}

/** As many as one page has: more do not run at once. */
const latestExecutions = 200;

async function refuseUsed({ registry, executions }: RemovalContext, experimentId: string): Promise<void> {
  const isOfIt = (id: string | undefined) => id !== undefined && idParts(id)?.experimentId === experimentId;
  const [models, versions, page] = await Promise.all([registry.listModels("model"), registry.listAllVersions("model"), executions.list(latestExecutions)]);
  const names = new Map(models.map(({ id, name }) => [id, name]));
  const used = versions.find((version) => names.has(version.registeredModelId) && recordsOfVersion(version).some(isOfIt));
  if (used)
    throw conflict(
      `experiment ${experimentId} holds what version ${used.version} of registered model ${names.get(used.registeredModelId)} was made of: delete that version first`,
    );
  const running = page.documents.find(({ status, runId }) => status === "running" && isOfIt(runId));
  if (running) throw conflict(`experiment ${experimentId} holds the run of execution ${running.name}, which is running: stop it first`);
}

/**
 * Deletes a deleted experiment for good. Its name is free at once, and nobody finds it; its runs and logged models are gone within the second for which
 * {@link ExperimentStore.findRecent} may answer from memory. What they left behind is removed afterwards. A repeat changes nothing. @throws DomainError for one that is not deleted, or that something else still needs
 */
export async function removeExperiment(ctx: RemovalContext, experimentId: string, by: string): Promise<void> {
  if (Number(experimentId) === 0) throw invalid("experiment 0 is the one that runs without an experiment go to: it can be deleted, not removed for good");
  const experiment = await ctx.experiments.find(experimentId);
  if (!experiment) {
    if (!(await ctx.removals.isGone(experimentId))) throw doesNotExist(`No Experiment with id=${experimentId} exists`);
    return await ctx.announce(experimentId);
  }
  if (experiment.stage !== "deleted") throw conflict(`experiment ${experimentId} must be deleted first, it is ${experiment.stage}`);
  await refuseUsed(ctx, experimentId);
  const { name, artifactLocation, shards } = experiment;
  const isBegun = await ctx.removals.begin({ experimentId, name, artifactLocation, shards, requestedAt: ctx.now(), by });
  if (!isBegun && !(await ctx.removals.isGone(experimentId))) throw conflict(`experiment ${experimentId} was restored in the meantime`);
  await ctx.announce(experimentId);
}
