import { cellTest } from "#core/search/match.ts";
import { type Page, pageOf } from "#core/search/page.ts";
import { parseFilter } from "#core/search/parse-filter.ts";
import { parseOrderBy } from "#core/search/parse-order-by.ts";
import { type Condition, resolveFilter, resolveOrderBy, type SortKey } from "#core/search/search-target.ts";
import type { Experiment } from "#core/tracking/experiment.ts";
import { contextOf, linksOf } from "#core/tracking/links.ts";
import type { RecordState } from "#core/tracking/record.ts";
import { type Run, runOf } from "#core/tracking/run.ts";
import { isInView, type Search } from "#core/tracking/search-experiments.ts";
import { runTarget } from "#core/tracking/search-targets.ts";

const attributes = { run_id: "runId", run_name: "name", status: "status", user_id: "userId", artifact_uri: "artifactUri", start_time: "startTime" } as const;
const attributeOf = (run: Run, key: string) => (key in attributes ? run[attributes[key as keyof typeof attributes]] : run.endTime);

function cellOf(run: Run, { entity, key }: Pick<SortKey, "entity" | "key">) {
  if (entity === "metric") return run.state.metrics.get(key)?.value;
  if (entity === "param") return run.state.params.get(key);
  return entity === "tag" ? run.state.tags.get(key) : attributeOf(run, key);
}

function meets(run: Run, condition: Condition): boolean {
  const test = cellTest(condition.operator, condition.value);
  if (condition.entity !== "dataset") return test(cellOf(run, condition));
  return linksOf(run.state).datasets.some((input) => test(condition.key === "context" ? contextOf(input) : input.dataset[condition.key as "name" | "digest"]));
}

/** What a search must answer, said the plainest way: every run looked at as a whole, all of them sorted. */
export function plainSearch(experiment: Experiment, records: ReadonlyMap<string, RecordState>, search: Search): Page<Run> {
  const conditions = resolveFilter(runTarget, parseFilter(search.filter ?? ""));
  const asked = resolveOrderBy(runTarget, parseOrderBy(search.orderBy ?? []));
  const rest = [
    { entity: "attribute", key: "start_time", ascending: false },
    { entity: "attribute", key: "run_id", ascending: true },
  ];
  const order = [...asked, ...rest.filter(({ key }) => !asked.some((one) => one.entity === "attribute" && one.key === key))];
  const runs = [...records].map(([runId, state]) => runOf(experiment, runId, state));
  const found = runs.filter((run) => isInView(run.stage, search.viewType) && conditions.every((condition) => meets(run, condition)));
  const columns = order.map((key) => ({ ascending: key.ascending, read: (run: Run) => cellOf(run, key) }));
  return pageOf(found, columns, [[experiment.experimentId, "8"], search.filter ?? "", order, search.viewType], search);
}
