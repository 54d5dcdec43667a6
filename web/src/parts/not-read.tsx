import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { UseQueryResult } from "@tanstack/react-query";
import { Refused } from "../client.ts";
import { useDates } from "./dates.ts";

type Read = Pick<UseQueryResult, "error" | "data" | "dataUpdatedAt">;

/** Says that what is shown is older than it should be, because reading it anew was refused. The frame tells of a platform that does not answer at all. */
export function NotRead({ query: { error, data, dataUpdatedAt } }: { readonly query: Read }) {
  const dates = useDates();
  if (data === undefined || !(error instanceof Refused) || error.status === 401) return null;
  const request = error.requestId ? ` (request ${error.requestId})` : "";
  return (
    <StatusIndicator type="warning">
      As of {dates.clock(dataUpdatedAt)}; it could not be read anew: {error.message}
      {request}
    </StatusIndicator>
  );
}
