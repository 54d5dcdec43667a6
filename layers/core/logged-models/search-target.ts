import { listOperators, numberOperators, type SearchTarget, textOperators } from "#core/search/search-target.ts";

const text = { type: "text", operators: [...textOperators, ...listOperators] } as const;
const number = { type: "number", operators: numberOperators } as const;
const texts = ["name", "model_id", "model_type", "status", "source_run_id", "experiment_id"] as const;
const times = {
  creation_timestamp: "creation_timestamp",
  creation_time: "creation_timestamp",
  last_updated_timestamp: "last_updated_timestamp",
  last_updated_time: "last_updated_timestamp",
} as const;
const sameName = Object.fromEntries(texts.map((name) => [name, name]));

/** What MLflow 3.17.2 lets logged-models/search filter and sort by; unlike elsewhere, entities have one spelling. */
export const loggedModelTarget: SearchTarget = {
  name: "logged models",
  entities: { attributes: "attribute", metrics: "metric", params: "param", tags: "tag" },
  attributes: {
    ...Object.fromEntries(texts.map((name) => [name, { as: name, ...text }])),
    ...Object.fromEntries(Object.entries(times).map(([spelling, as]) => [spelling, { as, ...number }])),
  },
  keyed: { metric: number, param: text, tag: text },
  sortable: { ...sameName, ...times },
  sortableEntities: ["metric"],
};
