import { useQueries } from "@tanstack/react-query";
import { read } from "../client.ts";
import { session } from "../session.ts";
import type { SummariesReply, Summary } from "./wire.ts";

/** As many as the platform answers at once. */
const atOnce = 10;
const everyMs = 15_000;

const pathOf = (ids: readonly string[]) => `/capstan/v1/experiments/summaries?${new URLSearchParams(ids.map((id) => ["experimentIds", id])).toString()}`;

/** How experiments stand, ten to a question; those that are not known yet, or could not be read, are absent. */
export function useSummaries(ids: readonly string[]): ReadonlyMap<string, Summary> {
  const groups = Array.from({ length: Math.ceil(ids.length / atOnce) }, (_, index) => ids.slice(index * atOnce, (index + 1) * atOnce));
  const replies = useQueries({
    queries: groups.map((group) => ({
      queryKey: [pathOf(group)],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) => read<SummariesReply>(pathOf(group), signal),
      refetchInterval: () => (session.isPaused() ? (false as const) : everyMs),
    })),
  });
  return new Map(replies.flatMap(({ data }) => data?.summaries ?? []).map((summary) => [summary.experimentId, summary]));
}
