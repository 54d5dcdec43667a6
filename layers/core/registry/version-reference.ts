import { invalid } from "#core/errors.ts";
import { existingModel } from "./change-model.ts";
import type { ModelVersion, RegistryContext } from "./registry.ts";

const reference = /^models:\/+([^/@]+)(?:\/(\d{1,9})|@(.+))$/;

/** The version that `models:/name/12` or `models:/name@alias` names. @throws DomainError when it names none */
export async function versionOfReference(ctx: RegistryContext, uri: string): Promise<ModelVersion> {
  const [, name, number, alias = ""] = reference.exec(uri) ?? [];
  if (name === undefined) throw invalid(`model uri must be like models:/m-<id>, models:/name/1 or models:/name@alias, got ${uri}`);
  const model = await existingModel(ctx, name);
  const version = number === undefined ? model.aliases.get(alias) : Number(number);
  const [found] = version === undefined ? [] : await ctx.registry.findVersions(model.id, [version]);
  if (!found) throw invalid(`model uri must name a version that exists, got ${uri}`);
  return found;
}
