import { State } from "../parts/state.tsx";
import type { MonitorReply } from "./wire.ts";

/**
 * What the last window of a monitor showed; nothing where nothing was captured in it. While the alarm is raised a window without drift is called quiet: it takes several
 * of them to clear the alarm, and "no drift" beside it would say the contrary.
 */
export function LastSeverity({ status: { state, lastSeverity, emptyWindows } }: { readonly status: MonitorReply["status"] }) {
  if (emptyWindows > 0) return <State of="noData" />;
  if (lastSeverity === null) return "not judged yet";
  if (state === "alarm" && lastSeverity === "none") return <State of="quiet" />;
  return <State of={lastSeverity} />;
}
