import { useCallback, useMemo } from "react";
import { useSearch } from "wouter/use-browser-location";
import { setQuery } from "../../frame/url-state.ts";
import { changedFields, readState, type TableState } from "./table-state.ts";

/** The table's state, which the page's address holds, and what changes a part of it. */
export function useTableState(): readonly [TableState, (change: Partial<TableState>) => void] {
  const search = useSearch();
  const state = useMemo(() => readState(search), [search]);
  const change = useCallback((part: Partial<TableState>) => setQuery(changedFields(part)), []);
  return [state, change];
}
