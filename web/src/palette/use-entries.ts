import { keepPreviousData, useQueries } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { useToasts } from "../frame/toasts.tsx";
import { type Entry, keyOf, ranked } from "./entry.ts";
import { ownEntries } from "./own-entries.ts";
import { recentEntries } from "./recent.ts";
import { sources } from "./sources.ts";

/** Nobody is asked while letters follow one another faster than this. */
const pauseMs = 180;
const keptMs = 30_000;

function useSettled(typed: string): string {
  const [settled, setSettled] = useState(typed);
  useEffect(() => {
    const timer = window.setTimeout(() => setSettled(typed), pauseMs);
    return () => window.clearTimeout(timer);
  }, [typed]);
  return settled;
}

export interface FoundEntries {
  readonly entries: readonly Entry[];
  readonly isAsking: boolean;
  /** What could not be searched, by name. */
  readonly failed: readonly string[];
}

/** What answers the text that is typed: of the console at once, of the platform as it replies. Without a text: the pages of late, then all pages and deeds. */
export function useEntries(typed: string): FoundEntries {
  const toasts = useToasts();
  const recent = useMemo(recentEntries, []);
  const asked = useSettled(typed.trim());
  const replies = useQueries({
    queries: sources.map(({ name, from, isWhole = false, ask }) => ({
      queryKey: ["palette", name, isWhole ? "" : asked],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) => ask(asked, signal),
      enabled: asked.length >= from,
      staleTime: keptMs,
      placeholderData: keepPreviousData,
    })),
  });
  const own = ownEntries(toasts);
  const text = typed.trim();
  if (text === "") return { entries: [...recent, ...own.filter((one) => !recent.some((it) => keyOf(it) === keyOf(one)))], isAsking: false, failed: [] };
  const found = replies.flatMap(({ data }) => data ?? []);
  return {
    entries: ranked([...own, ...found, ...recent], text, new Set(recent.map(keyOf))),
    isAsking: asked !== text || replies.some(({ isFetching }) => isFetching),
    failed: sources.flatMap(({ name }, index) => (replies[index]?.error ? [name] : [])),
  };
}
