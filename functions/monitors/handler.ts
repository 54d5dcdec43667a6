import type { PlatformEvent } from "#contracts/events/platform-event.ts";
import { monitorsContract } from "#contracts/platform/monitors.ts";
import { getMonitor, getReport, listMonitors, listReports, type MonitorContext, putMonitor, removeMonitor, toMonitor } from "#core/monitoring/monitors.ts";
import { requestReport } from "#core/monitoring/request-report.ts";
import { eventBridge } from "#gateways/clients.ts";
import { putEvent } from "#gateways/eventbridge/events.ts";
import type { FunctionEnv } from "#runtime/function-env.ts";
import type { HttpHandler } from "#runtime/http.ts";
import { serve, serveRoutes } from "#runtime/serve-routes.ts";
import { monitorContext } from "#stores/monitor-context.ts";
import { pageContent } from "./page.ts";

/** The platform's /monitors operations. */
export const createHandler = (ctx: MonitorContext & { readonly announce: (event: PlatformEvent) => Promise<void> }): HttpHandler =>
  serveRoutes(
    serve(monitorsContract, {
      putMonitor: async (definition) => toMonitor(await putMonitor(ctx, definition)),
      getMonitor: async ({ name }) => toMonitor(await getMonitor(ctx, name)),
      listMonitors: async ({ endpoint }) => ({ monitors: (await listMonitors(ctx, endpoint)).map(toMonitor) }),
      deleteMonitor: async ({ name }) => {
        await removeMonitor(ctx, name);
        return {};
      },
      runMonitor: async ({ name }) => ({ reportId: await requestReport(ctx, name) }),
      listReports: async ({ name, limit }) => ({ reports: await listReports(ctx, name, limit) }),
      getReport: async ({ name, id }) => await getReport(ctx, name, id),
      getReportPage: async ({ name, id }) => pageContent(await getReport(ctx, name, id)),
    }),
  );

export function create(env: FunctionEnv): HttpHandler {
  const bus = env.eventBus();
  return createHandler({
    ...monitorContext(env.table("platform"), env.bucket("data")),
    announce: async (event) => await putEvent(eventBridge(), bus, event),
  });
}
