import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import PropertyFilter, { type PropertyFilterProps } from "@cloudscape-design/components/property-filter";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { Refused, read } from "../../client.ts";
import { attributeColumns, nameColumn } from "./column-names.ts";
import { columnsPath } from "./table-address.ts";
import type { ColumnsReply, TableCells } from "./table-cells.ts";
import { filterOf, propertyOf, type Token, tokensOf } from "./tokens.ts";

interface FilterBarProps {
  readonly experimentId: string;
  readonly filter: string;
  /** The filter as the platform understood it, with the filter that it is of. */
  readonly understood: { readonly filter: string; readonly conditions: TableCells["conditions"] } | undefined;
  readonly error: Error | null;
  readonly ask: (filter: string) => void;
}

const attributes = [nameColumn, ...attributeColumns.filter((column) => column !== "attributes.duration")];
const noTokens = "Tokens cannot show this filter; it is in force as written.";

/** A filter as tokens and as MLflow's filter string, side by side; each rewrites the other, and the string goes before. */
export function FilterBar({ experimentId, filter, understood, error, ask }: FilterBarProps) {
  const [text, setText] = useState(filter);
  const [search, setSearch] = useState("");
  const [made, setMade] = useState<{ readonly filter: string; readonly tokens: readonly Token[] }>({ filter: "", tokens: [] });
  const [problem, setProblem] = useState("");
  useEffect(() => {
    setText(filter);
    setProblem("");
  }, [filter]);
  const path = columnsPath(experimentId, { filter: "", trash: false }, { search, limit: 50 });
  const { data, isFetching } = useQuery({ queryKey: [path], queryFn: ({ signal }) => read<ColumnsReply>(path, signal), staleTime: 10_000 });
  const known = useMemo(() => (understood?.filter === filter ? tokensOf(understood.conditions) : []), [understood, filter]);
  const tokens = made.filter === filter ? made.tokens : known;
  const named = [...attributes, ...(data?.columns ?? []).map(({ column }) => column), ...(tokens ?? []).flatMap(({ propertyKey = nameColumn }) => propertyKey)];
  const change = ({ detail }: { readonly detail: PropertyFilterProps.Query }) => {
    try {
      const next = filterOf(detail.tokens);
      setMade({ filter: next, tokens: detail.tokens.map((token) => ({ ...token, propertyKey: token.propertyKey ?? nameColumn })) });
      setProblem("");
      ask(next);
    } catch (refusal) {
      setProblem(refusal instanceof Error ? refusal.message : String(refusal));
    }
  };
  const refused = error instanceof Refused && error.status === 400 ? error.message : "";
  return (
    <div className="filter-bar">
      <FormField label="Filter by tokens" errorText={problem} warningText={tokens === undefined && refused === "" ? noTokens : undefined} stretch>
        <PropertyFilter
          query={{ tokens: [...(tokens ?? [])], operation: "and" }}
          onChange={change}
          filteringProperties={[...new Set(named)].map(propertyOf)}
          filteringStatusType={isFetching ? "loading" : "finished"}
          asyncProperties
          onLoadItems={({ detail }) => setSearch(detail.filteringProperty ? "" : detail.filteringText)}
          hideOperations
          disabled={tokens === undefined}
          filteringPlaceholder="metrics.loss >= …"
          filteringAriaLabel="Filter by tokens"
          expandToViewport
          tokenLimit={3}
        />
      </FormField>
      <FormField label="Filter" errorText={refused} constraintText="MLflow's filter string; Enter asks" stretch>
        <Input
          type="search"
          value={text}
          placeholder="metrics.loss < 0.1 and params.depth = '6'"
          spellcheck={false}
          onChange={({ detail }) => {
            setText(detail.value);
            if (detail.value === "") ask("");
          }}
          onKeyDown={({ detail }) => detail.key === "Enter" && ask(text.trim())}
        />
      </FormField>
    </div>
  );
}
