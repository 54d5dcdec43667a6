import { type Cell, cellTest } from "#core/search/match.ts";
import { type Column, type Page, pageOf } from "#core/search/page.ts";
import { parseFilter } from "#core/search/parse-filter.ts";
import { parseOrderBy } from "#core/search/parse-order-by.ts";
import { type Condition, resolveFilter, resolveOrderBy, type SearchTarget, type SortKey } from "#core/search/search-target.ts";
import type { VersionOfModel } from "./model-versions.ts";
import { kindOf as kindOfVersion, promptTag } from "./prompts.ts";
import { latestVersions } from "./registered-models.ts";
import type { ModelVersion, RegisteredModel, RegistryContext } from "./registry.ts";
import type { Kind } from "./registry-store.ts";
import { modelVersionTarget, registeredModelTarget } from "./search-targets.ts";

export interface SearchRequest {
  readonly filter: string;
  readonly orderBy: readonly string[];
  readonly maxResults: number;
  readonly pageToken?: string | undefined;
}
export interface FoundModel {
  readonly model: RegisteredModel;
  readonly latest: readonly ModelVersion[];
}

/** A version counts as updated when its model was renamed. */
export const versionUpdatedAt = ({ model, version }: VersionOfModel) => Math.max(version.updatedAt, model.versionsUpdatedAt);

function modelCell({ name, tags, updatedAt }: RegisteredModel, entity: string, key: string): Cell {
  if (entity === "tag") return tags.get(key);
  return key === "name" ? name : updatedAt;
}

function versionCell(found: VersionOfModel, entity: string, key: string): Cell {
  const { model, version } = found;
  if (entity === "tag") return version.tags.get(key);
  switch (key) {
    case "name":
      return model.name;
    case "run_id":
      return version.runId;
    case "source_path":
      return version.source;
    case "version_number":
      return version.version;
    case "creation_timestamp":
      return version.createdAt;
    default:
      return versionUpdatedAt(found);
  }
}

/** Prompts are found only by a condition that they be prompts; the opposite is how all else is searched, so it says nothing. */
function conditionsAndKind(target: SearchTarget, filter: string): { readonly kind: Kind; readonly conditions: readonly Condition[] } {
  const conditions = resolveFilter(target, parseFilter(filter));
  const isPromptCondition = ({ entity, key }: Condition) => entity === "tag" && key === promptTag;
  const wantsPrompts = conditions.some(
    (one) => isPromptCondition(one) && one.operator === "=" && one.value.kind === "string" && one.value.text.toLowerCase() === "true",
  );
  return { kind: wantsPrompts ? "prompt" : "model", conditions: conditions.filter((one) => !isPromptCondition(one)) };
}

const columnsOf = <T>(keys: readonly SortKey[], cell: (item: T, entity: string, key: string) => Cell): readonly Column<T>[] =>
  keys.map(({ entity, key, ascending }) => ({ ascending, read: (item) => cell(item, entity, key) }));

/** The asked order, then what of the default order it leaves open. */
const completed = (asked: readonly SortKey[], rest: readonly (readonly [string, boolean])[]): readonly SortKey[] => [
  ...asked,
  ...rest.filter(([key]) => asked.every((one) => one.key !== key)).map(([key, ascending]) => ({ entity: "attribute", key, ascending })),
];

function filtered<T>(items: readonly T[], conditions: readonly Condition[], cell: (item: T, entity: string, key: string) => Cell): readonly T[] {
  const tests = conditions.map(({ entity, key, operator, value }) => ({ entity, key, test: cellTest(operator, value) }));
  return items.filter((item) => tests.every(({ entity, key, test }) => test(cell(item, entity, key))));
}

const textBytes = (tags: ReadonlyMap<string, string>) => [...tags].reduce((sum, [key, value]) => sum + key.length + value.length + 24, 400);
const versionBytes = ({ tags, description = "", source }: ModelVersion) => textBytes(tags) + description.length + source.length;
const modelBytes = ({ tags, description = "", latest }: RegisteredModel) =>
  textBytes(tags) + description.length + [...latest.values()].reduce((sum, { copy }) => sum + (copy ? versionBytes(copy) : 0), 0);

/** Registered models that meet a filter, by name unless asked otherwise. */
export async function searchModels(ctx: RegistryContext, request: SearchRequest): Promise<Page<FoundModel>> {
  const { kind, conditions } = conditionsAndKind(registeredModelTarget, request.filter);
  const order = completed(resolveOrderBy(registeredModelTarget, parseOrderBy(request.orderBy)), [["name", true]]);
  const models = filtered(await ctx.registry.listModels(kind), conditions, modelCell);
  const page = pageOf(models, columnsOf(order, modelCell), [kind, request.filter, order], { ...request, bytes: modelBytes });
  const items = await Promise.all(page.items.map(async (model) => ({ model, latest: await latestVersions(ctx, model) })));
  return { ...page, items };
}

/** The one name that a filter allows, if it says so: then only that model's versions need be read. */
const onlyName = (conditions: readonly Condition[]): string | undefined =>
  conditions.flatMap(({ entity, key, operator, value }) =>
    entity === "attribute" && key === "name" && operator === "=" && value.kind === "string" ? [value.text] : [],
  )[0];

async function candidates({ registry }: RegistryContext, kind: Kind, name: string | undefined): Promise<readonly VersionOfModel[]> {
  if (name !== undefined) {
    const model = await registry.find(name);
    return model ? (await registry.listVersions(model.id)).map((version) => ({ model, version })) : [];
  }
  const [versions, ...lists] = await Promise.all([registry.listAllVersions(kind), registry.listModels("model"), registry.listModels("prompt")]);
  const models = new Map(lists.flat().map((model) => [model.id, model]));
  return versions.flatMap((version) => {
    const model = models.get(version.registeredModelId);
    return model ? [{ model, version }] : [];
  });
}

/** Versions that meet a filter, the last updated first unless asked otherwise. */
export async function searchVersions(ctx: RegistryContext, request: SearchRequest): Promise<Page<VersionOfModel>> {
  const { kind, conditions } = conditionsAndKind(modelVersionTarget, request.filter);
  const order = completed(resolveOrderBy(modelVersionTarget, parseOrderBy(request.orderBy)), [
    ["last_updated_timestamp", false],
    ["name", true],
    ["version_number", false],
  ]);
  const found = (await candidates(ctx, kind, onlyName(conditions))).filter(({ version }) => kindOfVersion(version) === kind);
  const versions = filtered(found, conditions, versionCell);
  return pageOf(versions, columnsOf(order, versionCell), [kind, request.filter, order], { ...request, bytes: ({ version }) => versionBytes(version) });
}
