import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { Refused, read, send } from "../client.ts";
import type { RunReply, RunsReply } from "../experiments/wire.ts";
import { useUrlState } from "../frame/url-state.ts";
import { readRuns } from "./read-runs.ts";
import { comparedRun } from "./values.ts";

const isMissing = (error: unknown) => error instanceof Refused && error.status === 404;
const liveMilliseconds = 5000;

/** The runs that the address names, and what adds and removes one there. Read again while one of them runs. */
export function useCompared() {
  const [text, setText] = useUrlState("runs");
  const ids = useMemo(() => [...new Set(text.split(",").filter((id) => id !== ""))], [text]);
  const query = useQuery({
    queryKey: ["compared", ids],
    queryFn: ({ signal }) =>
      readRuns(ids, {
        run: async (path) => await read<RunReply>(path, signal),
        search: async (body) => await send<RunsReply>("POST", "/api/2.0/mlflow/runs/search", body, signal),
        isMissing,
      }),
    refetchInterval: ({ state }) => (state.data?.runs.some(({ info }) => info.status === "RUNNING") ? liveMilliseconds : false),
    placeholderData: (before) => before,
  });
  const runs = useMemo(() => (query.data?.runs ?? []).map(comparedRun), [query.data]);
  return {
    query,
    runs,
    missing: query.data?.missing ?? [],
    set: (next: readonly string[]) => setText([...new Set(next)].join(",")),
    ids,
  };
}
