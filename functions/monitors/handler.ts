import type { PlatformEvent } from "#contracts/events/platform-event.ts";
import { monitorPreviewContract } from "#contracts/platform/monitor-previews.ts";
import { monitorsContract } from "#contracts/platform/monitors.ts";
import type { CaptureStore } from "#core/monitoring/captures.ts";
import {
  getMonitor,
  getReport,
  listMonitors,
  listReports,
  type MonitorContext,
  putMonitor,
  removeMonitor,
  type StoredMonitor,
  toMonitor,
} from "#core/monitoring/monitors.ts";
import { mute, unmute } from "#core/monitoring/mutes.ts";
import { previewThresholds } from "#core/monitoring/preview-thresholds.ts";
import { reportRows } from "#core/monitoring/report-rows.ts";
import { requestReport } from "#core/monitoring/request-report.ts";
import { retrainByHand } from "#core/monitoring/retrain-by-hand.ts";
import type { StartContext } from "#core/pipelines/executions.ts";
import { eventBridge } from "#gateways/clients.ts";
import { putEvent } from "#gateways/eventbridge/events.ts";
import { startContext } from "#gateways/pipeline-contexts.ts";
import type { FunctionEnv } from "#runtime/function-env.ts";
import type { HttpHandler } from "#runtime/http.ts";
import { serve, serveRoutes } from "#runtime/serve-routes.ts";
import { s3 } from "#stores/clients.ts";
import { monitorContext } from "#stores/monitor-context.ts";
import { captureStore } from "#stores/s3/captures.ts";
import { s3Objects } from "#stores/s3/objects.ts";
import { pageContent } from "./page.ts";

export interface MonitorsContext extends MonitorContext {
  readonly announce: (event: PlatformEvent) => Promise<void>;
  readonly captures: CaptureStore;
  /** Where retraining is started. */
  readonly pipelines: StartContext;
}

/** The platform's /monitors operations. */
export function createHandler(ctx: MonitorsContext): HttpHandler {
  const shown = (monitor: StoredMonitor) => toMonitor(monitor, ctx.now());
  return serveRoutes(
    serve(monitorsContract, {
      putMonitor: async (definition) => shown(await putMonitor(ctx, definition)),
      getMonitor: async ({ name }) => shown(await getMonitor(ctx, name)),
      listMonitors: async ({ endpoint }) => ({ monitors: (await listMonitors(ctx, endpoint)).map(shown) }),
      deleteMonitor: async ({ name }) => {
        await removeMonitor(ctx, name);
        return {};
      },
      mute: async (wanted, { principal }) => shown(await mute(ctx, wanted, principal)),
      unmute: async ({ name, column }) => shown(await unmute(ctx, name, column)),
      runMonitor: async ({ name }) => ({ reportId: await requestReport(ctx, name) }),
      listReports: async ({ name, limit }) => ({ reports: await listReports(ctx, name, limit) }),
      getReport: async ({ name, id }) => await getReport(ctx, name, id),
      listReportRows: async ({ name, id, limit }) => await reportRows(ctx, name, id, limit),
      retrainAfterReport: async ({ name, id }, { principal }) => ({ execution: await retrainByHand(ctx, ctx.pipelines, name, id, principal) }),
      getReportPage: async ({ name, id }) => pageContent(await getReport(ctx, name, id)),
    }),
    serve(monitorPreviewContract, { previewThresholds: async (wanted) => ({ reports: await previewThresholds(ctx, wanted) }) }),
  );
}

export function create(env: FunctionEnv): HttpHandler {
  const bus = env.eventBus();
  return createHandler({
    ...monitorContext(env.table("platform"), env.bucket("data")),
    captures: captureStore(s3Objects(s3()), env.bucket("data")),
    pipelines: startContext(env.table("platform"), env.machine("training")),
    announce: async (event) => await putEvent(eventBridge(), bus, event),
  });
}
