import { listOperators, nullOperators, numberOperators, type SearchTarget, textOperators } from "#core/search/search-target.ts";

const entities = { tag: "tag", tags: "tag", attribute: "attribute", attributes: "attribute", attr: "attribute" };
const tag = { type: "text", operators: [...textOperators, ...nullOperators] } as const;
const listedText = { type: "text", operators: [...textOperators, ...listOperators] } as const;

/** What MLflow 3.17.2 lets registered-models/search filter and sort by. */
export const registeredModelTarget: SearchTarget = {
  name: "registered models",
  entities,
  attributes: { name: { as: "name", ...listedText } },
  keyed: { tag },
  sortable: { name: "name", timestamp: "last_updated_timestamp", last_updated_timestamp: "last_updated_timestamp" },
};

/** What MLflow 3.17.2 lets model-versions/search filter and sort by. */
export const modelVersionTarget: SearchTarget = {
  name: "model versions",
  entities,
  attributes: {
    name: { as: "name", ...listedText },
    run_id: { as: "run_id", ...listedText },
    source_path: { as: "source_path", type: "text", operators: textOperators },
    version_number: { as: "version_number", type: "number", operators: numberOperators },
  },
  keyed: { tag },
  sortable: {
    name: "name",
    version_number: "version_number",
    creation_timestamp: "creation_timestamp",
    last_updated_timestamp: "last_updated_timestamp",
    timestamp: "last_updated_timestamp",
  },
};
