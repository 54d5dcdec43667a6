import { listOperators, nullOperators, numberOperators, type SearchTarget, textOperators } from "../search/search-target.ts";

const attribute = { attribute: "attribute", attributes: "attribute", attr: "attribute", run: "attribute" };
const tag = { tag: "tag", tags: "tag" };
const text = { type: "text", operators: textOperators } as const;
const number = { type: "number", operators: numberOperators } as const;
const nullableText = { type: "text", operators: [...textOperators, ...nullOperators] } as const;
const listedText = { type: "text", operators: [...textOperators, ...listOperators] } as const;
const names = ["run_name", "run name", "Run name", "Run Name"];

/** What MLflow 3.17.2 lets experiments/search filter and sort by. */
export const experimentTarget: SearchTarget = {
  name: "experiments",
  entities: { ...tag, attribute: "attribute", attributes: "attribute", attr: "attribute" },
  attributes: {
    name: { as: "name", ...text },
    experiment_id: { as: "experiment_id", ...listedText },
    creation_time: { as: "creation_time", ...number },
    last_update_time: { as: "last_update_time", ...number },
  },
  keyed: { tag: nullableText },
  sortable: { name: "name", experiment_id: "experiment_id", creation_time: "creation_time", last_update_time: "last_update_time" },
};

/** What MLflow 3.17.2 lets runs/search filter and sort by. */
export const runTarget: SearchTarget = {
  name: "runs",
  entities: {
    metric: "metric",
    metrics: "metric",
    param: "param",
    params: "param",
    parameter: "param",
    parameters: "param",
    ...tag,
    ...attribute,
    dataset: "dataset",
    datasets: "dataset",
  },
  attributes: {
    run_id: { as: "run_id", ...listedText },
    ...Object.fromEntries(names.map((name) => [name, { as: "run_name", ...text }])),
    status: { as: "status", ...text },
    user_id: { as: "user_id", ...text },
    artifact_uri: { as: "artifact_uri", ...text },
    start_time: { as: "start_time", ...number },
    created: { as: "start_time", ...number },
    end_time: { as: "end_time", ...number },
  },
  keyed: { metric: number, param: nullableText, tag: nullableText, dataset: listedText },
  sortable: {
    run_id: "run_id",
    ...Object.fromEntries(names.map((name) => [name, "run_name"])),
    status: "status",
    user_id: "user_id",
    artifact_uri: "artifact_uri",
    start_time: "start_time",
    created: "start_time",
    Created: "start_time",
    end_time: "end_time",
  },
  sortableEntities: ["metric", "param", "tag"],
};
