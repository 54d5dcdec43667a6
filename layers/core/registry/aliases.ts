import { invalid } from "#core/errors.ts";
import { changeModel, existingModel } from "./change-model.ts";
import { type VersionOfModel, versionNotFound } from "./model-versions.ts";
import type { RegisteredModel, RegistryContext, RegistryWriteContext } from "./registry.ts";

/** MLflow 3.17.2's rule: 1 to 255 letters, digits, underscores and dashes; what reads like a version or `latest` is reserved. */
function checkAlias(alias: string): void {
  if (!/^[\p{L}\p{N}_-]{1,255}$/u.test(alias)) throw invalid(`alias must be 1 to 255 letters, digits, underscores or dashes, got '${alias.slice(0, 300)}'`);
  if (alias.toLowerCase() === "latest") throw invalid("'latest' alias name (case insensitive) is reserved.");
  if (/^v\d+$/i.test(alias)) throw invalid(`Version alias name '${alias}' is reserved.`);
}

/** Points an alias at a version that exists. */
export async function setAlias(ctx: RegistryWriteContext, name: string, alias: string, version: number): Promise<void> {
  checkAlias(alias);
  await changeModel(ctx, name, async (model) => {
    const [target] = await ctx.registry.findVersions(model.id, [version]);
    if (!target) throw versionNotFound(name, version);
    if (model.aliases.get(alias) === version) return { result: undefined };
    return { change: { model: { ...model, aliases: new Map(model.aliases).set(alias, version) } }, result: undefined };
  });
}

export const deleteAlias = (ctx: RegistryWriteContext, name: string, alias: string): Promise<void> =>
  changeModel(ctx, name, (model) =>
    model.aliases.has(alias)
      ? { change: { model: { ...model, aliases: new Map([...model.aliases].filter(([known]) => known !== alias)) } }, result: undefined }
      : { result: undefined },
  );

const highest = ({ latest }: RegisteredModel) => Math.max(0, ...[...latest.values()].map(({ version }) => version));

/** The version that an alias points at; `latest`, in any case, is the highest one. @throws DomainError when there is none */
export async function versionByAlias(ctx: RegistryContext, name: string, alias: string): Promise<VersionOfModel> {
  const model = await existingModel(ctx, name);
  const number = alias.toLowerCase() === "latest" ? highest(model) : model.aliases.get(alias);
  const copy = [...model.latest.values()].find(({ version }) => version === number)?.copy;
  const version = copy ?? (number === undefined ? undefined : (await ctx.registry.findVersions(model.id, [number]))[0]);
  if (!version) throw invalid(`Registered model alias ${alias} not found.`);
  return { model, version };
}
