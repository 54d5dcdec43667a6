import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useSyncExternalStore } from "react";
import { useDates } from "../parts/dates.ts";
import { session } from "../session.ts";

/** Marks a page whose data cannot be read anew, with the time that they are of. */
export function Stale() {
  const since = useSyncExternalStore(session.subscribe, session.silentSince);
  const dates = useDates();
  return since !== null && <StatusIndicator type="warning">as of {dates.clock(since)}</StatusIndicator>;
}
