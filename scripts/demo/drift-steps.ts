import { monitorsContract } from "#contracts/platform/monitors.ts";
import { pipelineContract } from "#contracts/platform/pipelines.ts";
import { type Client, until, verify } from "./client.ts";
import { reported, type Sample } from "./data.ts";
import { names } from "./names.ts";

/** Watches the endpoint's captured traffic against the version of the data that the champion learned from, every minute. */
export async function watch(api: Client, columns: readonly string[], version: string): Promise<void> {
  const monitor = await api.call(monitorsContract, "putMonitor", {
    name: names.monitor,
    endpoint: names.endpoint,
    reference: { dataset: names.dataset, version },
    features: reported(columns).map((name) => ({ name, type: "numeric" as const })),
    windowMinutes: 5,
    schedule: "rate(1 minute)",
    alarm: { raise: { windows: 1, of: 1 }, clear: { windows: 3 } },
    retrain: { pipeline: names.pipeline, cooldownHours: 0, input: { approval: { mode: "automatic" } } },
  });
  verify(monitor.enabled, "the monitor is on");
}

/** The laboratory's new microscope: everything looks half as large again. */
export const drifted = (values: Sample["values"]): Sample["values"] =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, /radius|perimeter|area/.test(name) ? value * 1.5 : value]));

/**
 * Waits until the platform's own scheduler has judged a window of drifted traffic: nobody asks for it here. Windows end on the minute, and the job runs
 * each minute.
 * @returns the report, and when it was made
 */
export async function alarm(api: Client, seconds: number) {
  return until("the drift alarm by the scheduler", seconds, async () => {
    const { status } = await api.call(monitorsContract, "getMonitor", { name: names.monitor });
    if (status.state !== "alarm" || status.lastReportId === null) return undefined;
    const report = await api.call(monitorsContract, "getReport", { name: names.monitor, id: status.lastReportId });
    return report.drifted > 0 ? report : undefined;
  });
}

/** The execution that the alarm's event started. */
export const retraining = (api: Client, since: number, seconds: number) =>
  until("retraining", seconds, async () => {
    const { executions } = await api.call(pipelineContract, "listExecutions", { pipeline: names.pipeline });
    return executions.find(({ trigger, startedAt }) => trigger === "drift" && startedAt >= since);
  });
