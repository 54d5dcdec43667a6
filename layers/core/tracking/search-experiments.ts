import type { ViewType } from "#contracts/mlflow/proto-enum.ts";
import { invalid } from "../errors.ts";
import { type Cell, cellTest } from "../search/match.ts";
import { type Page, pageOf } from "../search/page.ts";
import { parseFilter } from "../search/parse-filter.ts";
import { parseOrderBy } from "../search/parse-order-by.ts";
import { resolveFilter, resolveOrderBy } from "../search/search-target.ts";
import type { Experiment } from "./experiment.ts";
import { listExperiments } from "./experiments.ts";
import type { Stage } from "./lifecycle.ts";
import { experimentTarget } from "./search-targets.ts";
import type { TrackingContext } from "./tracking.ts";

export interface Search {
  readonly filter?: string | undefined;
  readonly orderBy?: readonly string[] | undefined;
  readonly viewType: ViewType;
  readonly maxResults: number;
  readonly pageToken?: string | undefined;
}

export const isInView = (stage: Stage, viewType: ViewType) => viewType === "ALL" || (stage === "active") === (viewType === "ACTIVE_ONLY");

/** @throws DomainError outside 1 to 50,000 */
export function checkMaxResults(maxResults: number): void {
  if (maxResults >= 1 && maxResults <= 50_000) return;
  const why = maxResults < 1 ? "It must be at least 1" : "It must be at most 50000";
  throw invalid(`Invalid value ${maxResults} for parameter 'max_results' supplied: ${why}, but got value ${maxResults}`);
}

function cellOf({ name, experimentId, createdAt, updatedAt, tags }: Experiment, entity: string, key: string): Cell {
  if (entity === "tag") return tags.get(key);
  switch (key) {
    case "name":
      return name;
    case "experiment_id":
      return experimentId;
    case "creation_time":
      return createdAt;
    default:
      return updatedAt;
  }
}

/** Experiment ids are numbers: 9 comes before 10. */
const sortCell = (experiment: Experiment, key: string): Cell =>
  key === "experiment_id" ? Number(experiment.experimentId) : cellOf(experiment, "attribute", key);
const bytesOf = ({ name, artifactLocation, tags }: Experiment) =>
  [...tags].reduce((sum, [key, value]) => sum + key.length + value.length + 24, 300 + name.length + artifactLocation.length);

/** Experiments that meet a filter, newest first unless asked otherwise. */
export async function searchExperiments(ctx: TrackingContext, search: Search): Promise<Page<Experiment>> {
  checkMaxResults(search.maxResults);
  const asked = resolveOrderBy(experimentTarget, parseOrderBy(search.orderBy ?? []));
  const order = [...(asked.length > 0 ? asked : [{ key: "creation_time", ascending: false }]), { key: "experiment_id", ascending: asked.length === 0 }];
  const tests = resolveFilter(experimentTarget, parseFilter(search.filter ?? "")).map(({ entity, key, operator, value }) => ({
    entity,
    key,
    test: cellTest(operator, value),
  }));
  const found = (await listExperiments(ctx)).filter(
    (experiment) => isInView(experiment.stage, search.viewType) && tests.every(({ entity, key, test }) => test(cellOf(experiment, entity, key))),
  );
  const columns = order.map(({ key, ascending }) => ({ ascending, read: (experiment: Experiment) => sortCell(experiment, key) }));
  return pageOf(found, columns, [search.filter ?? "", order, search.viewType], { ...search, bytes: bytesOf });
}
