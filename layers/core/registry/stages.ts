import { invalid } from "#core/errors.ts";
import { changeModel, type Decision, existingModel } from "./change-model.ts";
import { latestOf, type VersionOfModel, versionNotFound } from "./model-versions.ts";
import { latestVersions } from "./registered-models.ts";
import { type ModelVersion, type RegistryContext, type RegistryWriteContext, type Stage, stages } from "./registry.ts";
import { maxVersionChanges } from "./registry-store.ts";

const active: readonly Stage[] = ["Staging", "Production"];

/** A stage in any case. @throws DomainError when it is none */
function stageOf(text: string): Stage {
  const stage = stages.find((known) => known.toLowerCase() === text.toLowerCase());
  if (stage === undefined) throw invalid(`Invalid Model Version stage: ${text}. Value must be one of ${stages.join(", ")}.`);
  return stage;
}

/** The highest version of each of these stages, or of every stage when none is named. */
export async function latestByStage(ctx: RegistryContext, name: string, named: readonly string[]): Promise<readonly VersionOfModel[]> {
  const wanted = named.map(stageOf);
  const model = await existingModel(ctx, name);
  const latest = await latestVersions(ctx, model);
  return latest.filter(({ stage }) => wanted.length === 0 || wanted.includes(stage)).map((version) => ({ model, version }));
}

interface Move {
  readonly version: number;
  readonly stage: Stage;
  readonly archiveExisting: boolean;
}

/** Moves as many versions as one change holds, those to archive first; `done` once the asked one has moved. */
const moveSome = (ctx: RegistryWriteContext, name: string, { version, stage, archiveExisting }: Move) =>
  changeModel(ctx, name, async (model): Promise<Decision<VersionOfModel & { readonly done: boolean }>> => {
    const versions = await ctx.registry.listVersions(model.id);
    const before = versions.find((candidate) => candidate.version === version);
    if (!before) throw versionNotFound(name, version);
    const updatedAt = ctx.now();
    const moved = (from: ModelVersion, to: Stage) => ({ before: from, after: { ...from, stage: to, updatedAt } });
    const outgoing = archiveExisting ? versions.filter((candidate) => candidate.stage === stage && candidate !== before) : [];
    const done = outgoing.length < maxVersionChanges;
    const own = moved(before, stage);
    const changes = [...outgoing.slice(0, maxVersionChanges - Number(done)).map((from) => moved(from, "Archived")), ...(done ? [own] : [])];
    const afterwards = new Map([...versions, ...changes.map(({ after }) => after)].map((one) => [one.version, one]));
    const changed = { ...model, latest: latestOf([...afterwards.values()]), updatedAt };
    return { change: { model: changed, versions: changes }, result: { model: changed, version: own.after, done } };
  });

/** Moves a version to a stage; with `archiveExisting`, the versions that are there go to Archived. */
export async function transitionStage(
  ctx: RegistryWriteContext,
  name: string,
  version: number,
  stageText: string,
  archiveExisting: boolean,
): Promise<VersionOfModel> {
  const stage = stageOf(stageText);
  if (archiveExisting && !active.includes(stage))
    throw invalid(
      `Model version transition cannot archive existing model versions because '${stageText}' is not an Active stage. Valid stages are ${active.join(", ")}`,
    );
  for (;;) {
    const { done, ...result } = await moveSome(ctx, name, { version, stage, archiveExisting });
    if (done) return result;
  }
}
