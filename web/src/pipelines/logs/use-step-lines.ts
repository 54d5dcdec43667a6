import { useState } from "react";
import type { pipelineContract } from "#contracts/platform/pipelines.ts";
import type { LogLine } from "#contracts/platform/step-logs.ts";
import { address } from "../../address.ts";
import { type ReplyOf, read } from "../../client.ts";
import { useRead } from "../../queries.ts";
import { joinLines } from "./join-lines.ts";

type Reply = ReplyOf<typeof pipelineContract, "getExecutionStepLogs">;
const pageSize = 500;

/**
 * What a step has written: its newest page, read again and again while it may grow, and as many of the pages before it as were asked for.
 * @param isLive the step runs, or ended a moment ago: services take some seconds to bring its last lines
 */
export function useStepLines(execution: string, position: number, isLive: boolean) {
  const pathOf = (pageToken?: string) =>
    address(["capstan", "v1", "executions", execution, "steps", String(position), "logs"], { limit: pageSize, ...(pageToken !== undefined && { pageToken }) });
  const query = useRead<Reply>(pathOf(), { every: isLive ? 2000 : false });
  const [earlier, setEarlier] = useState<{ readonly lines: readonly LogLine[]; readonly token?: string | undefined }>();
  const [isReading, setReading] = useState(false);
  const [error, setError] = useState<Error>();
  const newest = query.data?.lines ?? [];
  const token = earlier ? earlier.token : query.data?.nextPageToken;
  return {
    query,
    lines: joinLines(earlier?.lines ?? [], newest),
    isReading,
    error,
    hasEarlier: token !== undefined,
    readEarlier: async () => {
      setReading(true);
      setError(undefined);
      try {
        const page = await read<Reply>(pathOf(token));
        setEarlier({ lines: [...page.lines, ...joinLines(earlier?.lines ?? [], newest)], token: page.nextPageToken });
      } catch (caught) {
        setError(caught instanceof Error ? caught : new Error(String(caught)));
      } finally {
        setReading(false);
      }
    },
  };
}
