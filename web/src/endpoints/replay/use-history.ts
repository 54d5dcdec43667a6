import { type UseQueryResult, useQueries } from "@tanstack/react-query";
import { useMemo } from "react";
import { address } from "../../address.ts";
import { read } from "../../client.ts";
import type { MonitorsReply, ReportsReply } from "../../drift/wire.ts";
import { useRead } from "../../queries.ts";
import type { EventReply, RolloutReply, StatisticsReply } from "../wire.ts";
import type { History } from "./history.ts";
import { minutesKept } from "./stretch.ts";

/** Nothing of the past changes: what is new may come a little later. */
const every = 10_000;
const most = 1000;

/** All lists, once all are there. */
const together = (found: UseQueryResult<ReportsReply>[]) => ({
  reports: found.every(({ data }) => data) ? found.map(({ data }) => data?.reports ?? []) : undefined,
  failed: found.find(({ error }) => error),
});

/** Reads an endpoint's past: its changes, rollouts and traffic, and what its monitors reported. The query is the one that failed, if any did. */
export function useHistory(name: string): { readonly history: History | undefined; readonly query: UseQueryResult } {
  const path = (...end: string[]) => ["capstan", "v1", "endpoints", name, ...end];
  const events = useRead<{ readonly events: readonly EventReply[] }>(address(path("events"), { limit: most }), { every });
  const rollouts = useRead<{ readonly rollouts: readonly RolloutReply[] }>(address(path("rollouts")), { every });
  const statistics = useRead<StatisticsReply>(address(path("statistics"), { minutes: minutesKept }), { every });
  const monitors = useRead<MonitorsReply>(address(["capstan", "v1", "monitors"], { endpoint: name }), { every });
  const { reports, failed } = useQueries({
    queries: (monitors.data?.monitors ?? []).map((monitor) => {
      const of = address(["capstan", "v1", "monitors", monitor.name, "reports"], { limit: most });
      return { queryKey: [of], queryFn: ({ signal }: { readonly signal: AbortSignal }) => read<ReportsReply>(of, signal), refetchInterval: every };
    }),
    combine: together,
  });
  const history = useMemo((): History | undefined => {
    if (!events.data || !rollouts.data || !statistics.data || !monitors.data || !reports) return undefined;
    const watches = monitors.data.monitors.map((monitor, index) => ({ name: monitor.name, reports: reports[index]?.toReversed() ?? [] }));
    return { events: events.data.events.toReversed(), rollouts: rollouts.data.rollouts, minutes: statistics.data.series, monitors: watches };
  }, [events.data, rollouts.data, statistics.data, monitors.data, reports]);
  const query: UseQueryResult = failed ?? [rollouts, statistics, monitors].find(({ error }) => error) ?? events;
  return { history, query };
}
