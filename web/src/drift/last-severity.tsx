import { State } from "../parts/state.tsx";
import type { MonitorReply } from "./wire.ts";

/**
 * What the last window of a monitor showed. While the alarm is raised a window without drift is called quiet: it takes several
 * of them to clear the alarm, and "no drift" beside it would say the contrary.
 */
export function LastSeverity({ status: { state, lastSeverity } }: { readonly status: MonitorReply["status"] }) {
  if (lastSeverity === null) return "not judged yet";
  if (state === "alarm" && lastSeverity === "none") return <State of="quiet" />;
  return <State of={lastSeverity} />;
}
