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

/** Runs the monitor's job until its alarm is raised and a report names columns that moved. */
export async function alarm(api: Client, seconds: number) {
  return until("the drift alarm", seconds, async () => {
    const { status } = await api.call(monitorsContract, "getMonitor", { name: names.monitor });
    const report = status.lastReportId === null ? undefined : await api.call(monitorsContract, "getReport", { name: names.monitor, id: status.lastReportId });
    if (status.state === "alarm" && report && report.drifted > 0) return report;
    await api.call(monitorsContract, "runMonitor", { name: names.monitor });
    await new Promise((resolve) => setTimeout(resolve, 1500));
    return undefined;
  });
}

/** The execution that the alarm's event started. */
export const retraining = (api: Client, since: number, seconds: number) =>
  until("retraining", seconds, async () => {
    const { executions } = await api.call(pipelineContract, "listExecutions", { pipeline: names.pipeline });
    return executions.find(({ trigger, startedAt }) => trigger === "drift" && startedAt >= since);
  });
