import { keyValues, listed } from "#contracts/mlflow/tags.ts";
import type { VersionOfModel } from "#core/registry/model-versions.ts";
import type { ModelVersion, RegisteredModel } from "#core/registry/registry.ts";
import { versionUpdatedAt } from "#core/registry/search.ts";

/** MLflow leaves out what is empty. */
const filled = (text: string | undefined) => (text === "" ? undefined : text);

/** A version in MLflow's words. */
export function versionToWire({ model, version }: VersionOfModel) {
  const aliases = [...model.aliases].flatMap(([alias, target]) => (target === version.version ? [alias] : []));
  return {
    name: model.name,
    version: String(version.version),
    creation_timestamp: version.createdAt,
    last_updated_timestamp: versionUpdatedAt({ model, version }),
    current_stage: version.stage,
    description: filled(version.description),
    source: version.source,
    run_id: filled(version.runId),
    run_link: filled(version.runLink),
    model_id: filled(version.modelId),
    status: "READY" as const,
    tags: keyValues(version.tags),
    aliases: listed(aliases.toSorted()),
  };
}

/** A model with the highest version of each stage, in MLflow's words. */
export const modelToWire = (model: RegisteredModel, latest: readonly ModelVersion[]) => ({
  name: model.name,
  creation_timestamp: model.createdAt,
  last_updated_timestamp: model.updatedAt,
  description: filled(model.description),
  latest_versions: listed(latest.map((version) => versionToWire({ model, version }))),
  tags: keyValues(model.tags),
  aliases: listed([...model.aliases].map(([alias, version]) => ({ alias, version: String(version) })).sort((a, b) => (a.alias < b.alias ? -1 : 1))),
});
