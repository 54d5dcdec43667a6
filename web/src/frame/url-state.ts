import { useCallback } from "react";
import { navigate, useSearch } from "wouter/use-browser-location";

/** Changes fields of the page's query without a new entry in the history; an empty value goes. */
export function setQuery(change: Readonly<Record<string, string>>): void {
  const query = new URLSearchParams(window.location.search);
  for (const [name, value] of Object.entries(change)) {
    if (value === "") query.delete(name);
    else query.set(name, value);
  }
  const text = query.toString();
  navigate(`${window.location.pathname}${text === "" ? "" : `?${text}`}`, { replace: true });
}

/** A piece of the page's state that its address holds, so that the address shows the same page to a colleague. */
export function useUrlState(name: string, fallback = ""): readonly [string, (value: string) => void] {
  const value = new URLSearchParams(useSearch()).get(name) ?? fallback;
  const set = useCallback((next: string) => setQuery({ [name]: next === fallback ? "" : next }), [name, fallback]);
  return [value, set];
}
