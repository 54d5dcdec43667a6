import { isUnsafePath } from "#core/artifacts/artifact-path.ts";
import { DomainError, invalid } from "#core/errors.ts";
import { changeModel, type Decision } from "./change-model.ts";
import { actorNamed } from "./history.ts";
import { withNewVersion } from "./model-versions.ts";
import { createModel, descriptionOf } from "./registered-models.ts";
import type { RegistryContext, RegistryWriteContext } from "./registry.ts";
import type { ResolvedSource } from "./source.ts";

/** The tag that holds what a version's model file hashes to. */
export const digestTag = "capstan.digest";
/** The tag that names the execution that a version, or a run, is of. */
export const executionTag = "capstan.execution";

export interface Registration {
  readonly registeredModel: string;
  readonly source: string;
  readonly runId?: string | undefined;
  readonly digest: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly description?: string | undefined;
}

async function ensureModel(ctx: RegistryWriteContext, name: string): Promise<void> {
  if (await ctx.registry.find(name)) return;
  try {
    await createModel(ctx, { name, tags: [] });
  } catch (error) {
    if (!(error instanceof DomainError && error.code === "RESOURCE_ALREADY_EXISTS")) throw error;
  }
}

const loggedModelSource = /^models:\/+(m-[0-9a-f]{32})$/;

/** The platform's own steps may name any place that it keeps files at; a logged model stands for its files. */
async function locate({ tracking }: RegistryContext, { source, runId }: Registration): Promise<ResolvedSource> {
  const [, modelId] = loggedModelSource.exec(source) ?? [];
  if (modelId === undefined) {
    if (isUnsafePath(source.replace(/^[^:]*:\/*/, ""))) throw invalid(`source must not hold .. segments, backslashes, fragments or NUL, got ${source}`);
    return { source, location: source, ...(runId !== undefined && { runId }) };
  }
  const { artifactUri, sourceRunId } = await tracking.findLoggedModel(modelId);
  const run = runId ?? sourceRunId;
  return { source, location: artifactUri, modelId, ...(run !== undefined && { runId: run }) };
}

/**
 * Makes a version of a trained model, and the registered model when it is missing. Safe to repeat, also at the same time: the
 * version that has this digest already is answered instead of another.
 */
export async function registerModel(ctx: RegistryContext, registration: Registration): Promise<{ readonly name: string; readonly version: number }> {
  const { registeredModel: name, digest, description } = registration;
  const located = await locate(ctx, registration);
  const execution = registration.tags[executionTag];
  const writing = { ...ctx, actor: actorNamed(execution === undefined ? "platform" : `execution ${execution}`) };
  await ensureModel(writing, name);
  const registered = await changeModel(writing, name, async (model): Promise<Decision<{ name: string; version: number }>> => {
    const known = (await ctx.registry.listVersions(model.id)).find(({ tags }) => tags.get(digestTag) === digest);
    if (known) return { result: { name, version: known.version } };
    const tags = new Map([...Object.entries(registration.tags), [digestTag, digest]]);
    const added = withNewVersion(model, { ...located, ...descriptionOf(description), tags }, ctx.now());
    return { change: { model: added.model, versions: [{ after: added.version }] }, result: { name, version: added.version.version } };
  });
  if (located.modelId !== undefined) await ctx.tracking.noteRegistration(located.modelId, registered);
  return registered;
}
