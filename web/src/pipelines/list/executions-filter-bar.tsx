import PropertyFilter from "@cloudscape-design/components/property-filter";
import type { Execution } from "#contracts/platform/pipelines.ts";
import { setQuery } from "../../frame/url-state.ts";
import { choicesOf, type ExecutionFilter, type FilterKey, filterFields } from "./execution-filter.ts";

const properties = filterFields.map(({ key, label, group }) => ({ key, propertyLabel: label, groupValuesLabel: group, operators: ["="] }));
const isKey = (key: string | undefined): key is FilterKey => filterFields.some((field) => field.key === key);

/** The filter as tokens, one of each kind; the platform looks through all executions for it. */
export function ExecutionsFilterBar({ filter, seen }: { readonly filter: ExecutionFilter; readonly seen: readonly Execution[] }) {
  const choices = choicesOf({
    pipeline: seen.map(({ pipeline }) => pipeline),
    by: seen.map(({ startedBy }) => startedBy),
    model: seen.map(({ registeredModel }) => registeredModel),
  });
  return (
    <PropertyFilter
      query={{
        operation: "and",
        tokens: filterFields.flatMap(({ key }) => (filter[key] === undefined ? [] : [{ propertyKey: key, operator: "=", value: filter[key] }])),
      }}
      onChange={({ detail }) => {
        // The last token of a kind counts; a text without a kind is a pipeline's name.
        const given = new Map(detail.tokens.map(({ propertyKey, value }) => [isKey(propertyKey) ? propertyKey : "pipeline", String(value)]));
        setQuery({ ...Object.fromEntries(filterFields.map(({ key }) => [key, given.get(key) ?? ""])), "executions-page": "" });
      }}
      filteringProperties={properties}
      filteringOptions={choices}
      hideOperations
      filteringPlaceholder="All executions by pipeline, state, who, model, since"
      filteringAriaLabel="Filter all executions"
      expandToViewport
    />
  );
}
