import { invalid } from "#core/errors.ts";
import { type Cell, cellTest } from "#core/search/match.ts";
import { type Column, type Page, pageOf } from "#core/search/page.ts";
import { parseFilter } from "#core/search/parse-filter.ts";
import { parseOrderBy } from "#core/search/parse-order-by.ts";
import { type Condition, resolveFilter, resolveOrderBy } from "#core/search/search-target.ts";
import type { Experiment } from "#core/tracking/experiment.ts";
import { type LoggedModel, type LoggedModelContext, loggedModelOf, type ModelMetric } from "./logged-model.ts";
import { loggedModelTarget } from "./search-target.ts";

export interface DatasetChoice {
  readonly name: string;
  readonly digest?: string | undefined;
}
export interface ModelOrder {
  readonly field: string;
  readonly ascending: boolean;
  readonly dataset?: DatasetChoice | undefined;
}
export interface ModelSearch {
  readonly experimentIds: readonly string[];
  readonly filter: string;
  /** Metrics count only where they were logged on one of these; none means all. */
  readonly datasets: readonly DatasetChoice[];
  readonly orderBy: readonly ModelOrder[];
  readonly maxResults: number;
  readonly pageToken?: string | undefined;
}

function attribute(model: LoggedModel, key: string): Cell {
  switch (key) {
    case "name":
      return model.name;
    case "model_id":
      return model.modelId;
    case "model_type":
      return model.modelType;
    case "status":
      return model.status;
    case "source_run_id":
      return model.sourceRunId;
    case "experiment_id":
      return model.experimentId;
    case "creation_timestamp":
      return model.createdAt;
    default:
      return model.updatedAt;
  }
}

const isOn =
  ({ name, digest }: DatasetChoice) =>
  ({ labels }: ModelMetric) =>
    labels.datasetName === name && (digest === undefined || labels.datasetDigest === digest);
const onAny = (metrics: readonly ModelMetric[], datasets: readonly DatasetChoice[]) =>
  datasets.length === 0 ? metrics : metrics.filter((metric) => datasets.some((dataset) => isOn(dataset)(metric)));

/** A condition on a metric is met by any run's latest value on any dataset that counts. */
function testOf({ entity, key, operator, value }: Condition, datasets: readonly DatasetChoice[]): (model: LoggedModel) => boolean {
  const test = cellTest(operator, value);
  if (entity === "metric") return ({ metrics }) => onAny(metrics, datasets).some((metric) => metric.key === key && test(metric.value));
  if (entity === "param") return ({ params }) => test(params.get(key));
  if (entity === "tag") return ({ tags }) => test(tags.get(key));
  return (model) => test(attribute(model, key));
}

/** Of several runs' values the last logged, by time and then step. */
function lastLogged(metrics: readonly ModelMetric[]): number | undefined {
  const [last] = metrics.toSorted((a, b) => Number(b.timestamp) - Number(a.timestamp) || Number(b.step) - Number(a.step));
  return last?.value;
}

function columnOf({ field, ascending, dataset }: ModelOrder): Column<LoggedModel> & { readonly name: string } {
  const [key] = resolveOrderBy(loggedModelTarget, parseOrderBy([field]));
  if (!key || /\s(asc|desc)\s*$/i.test(field)) throw invalid(`field_name of order_by must be a name alone, got ${field}`);
  const name = `${key.entity}.${key.key}.${dataset?.name ?? ""}.${dataset?.digest ?? ""}`;
  if (key.entity !== "metric") return { name, ascending, read: (model) => attribute(model, key.key) };
  const counts = dataset ? isOn(dataset) : () => true;
  return { name, ascending, read: ({ metrics }) => lastLogged(metrics.filter((metric) => metric.key === key.key && counts(metric))) };
}

function columnsOf(orderBy: readonly ModelOrder[]): readonly Column<LoggedModel>[] {
  const asked = orderBy.map(columnOf);
  const [twice] = asked.filter(({ name }, index) => asked.findIndex((column) => column.name === name) < index);
  if (twice) throw invalid(`order_by must name each field once, got ${twice.name.replaceAll(".", " ").trim()} twice`);
  return [...asked, { ascending: false, read: ({ createdAt }) => createdAt }, { ascending: true, read: ({ modelId }) => modelId }];
}

/** The one name that a filter allows, if it says so. */
const onlyName = (conditions: readonly Condition[]): string | undefined =>
  conditions.flatMap(({ entity, key, operator, value }) =>
    entity === "attribute" && key === "name" && operator === "=" && value.kind === "string" ? [value.text] : [],
  )[0];

async function candidates(ctx: LoggedModelContext, experiment: Experiment, name: string | undefined): Promise<LoggedModel[]> {
  const { experimentId, shards } = experiment;
  if (name === undefined) return [...(await ctx.models.list(experimentId, shards))].map(([modelId, state]) => loggedModelOf(experiment, modelId, state));
  const ids = await ctx.modelNames.find(experimentId, name);
  const states = await Promise.all(ids.map(async (modelId) => [modelId, await ctx.models.find(modelId)] as const));
  return states.flatMap(([modelId, state]) => (state ? [loggedModelOf(experiment, modelId, state)] : []));
}

const entryBytes = (entries: ReadonlyMap<string, string>) => [...entries].reduce((sum, [key, value]) => sum + key.length + value.length + 24, 0);
const modelBytes = ({ params, tags, metrics }: LoggedModel) => 600 + entryBytes(params) + entryBytes(tags) + metrics.length * 260;

/** Active logged models of some experiments that meet a filter, the newest first unless asked otherwise. */
export async function searchLoggedModels(ctx: LoggedModelContext, search: ModelSearch): Promise<Page<LoggedModel>> {
  const { filter, datasets, orderBy } = search;
  const conditions = resolveFilter(loggedModelTarget, parseFilter(filter));
  const columns = columnsOf(orderBy);
  const tests = conditions.map((condition) => testOf(condition, datasets));
  const experimentIds = [...new Set(search.experimentIds)];
  const experiments = await Promise.all(experimentIds.map((experimentId) => ctx.experiments.findRecent(experimentId)));
  const lists = await Promise.all(experiments.flatMap((experiment) => (experiment ? [candidates(ctx, experiment, onlyName(conditions))] : [])));
  const found = lists
    .flat()
    .filter((model) => model.stage === "active" && tests.every((test) => test(model)) && (datasets.length === 0 || onAny(model.metrics, datasets).length > 0));
  return pageOf(found, columns, [experimentIds, filter, datasets, orderBy], { ...search, bytes: modelBytes });
}
