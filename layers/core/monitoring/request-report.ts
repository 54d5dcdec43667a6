import { driftRequested } from "#contracts/events/drift.ts";
import { eventOf, type PlatformEvent } from "#contracts/events/platform-event.ts";
import { getMonitor, type MonitorContext, reportIdOf } from "./monitors.ts";

/** Asks for the window that ends now; the report is made by whoever hears the event. @returns the id that the report will have */
export async function requestReport(ctx: MonitorContext & { readonly announce: (event: PlatformEvent) => Promise<void> }, name: string): Promise<string> {
  await getMonitor(ctx, name);
  const now = ctx.now();
  await ctx.announce(eventOf(driftRequested, { monitor: name, now }));
  return reportIdOf(now);
}
