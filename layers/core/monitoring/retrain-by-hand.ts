import { conflict, invalid } from "#core/errors.ts";
import type { StartContext } from "#core/pipelines/executions.ts";
import { retrain } from "#core/pipelines/retrain.ts";
import { getMonitor, getReport, type MonitorContext } from "./monitors.ts";

/** Starts a monitor's pipeline because somebody who read a report wants it. The same report starts one execution, whoever asks and how often. @returns its name */
export async function retrainByHand(ctx: MonitorContext, pipelines: StartContext, name: string, reportId: string, by: string): Promise<string> {
  const { definition } = await getMonitor(ctx, name);
  const { severity, findings } = await getReport(ctx, name, reportId);
  if (!definition.retrain) throw invalid(`retrain of monitor ${name} must name a pipeline, got null`);
  const columns = [...new Set(findings.flatMap((finding) => finding.columns))];
  // Somebody who decides is not held back by the time that keeps alarms apart.
  const order = { ...definition.retrain, cooldownHours: 0, monitor: name, episode: `${reportId}-by-hand`, severity, columns, by };
  const result = await retrain(pipelines, order);
  if (!result.started) throw conflict(result.reason);
  return result.execution;
}
