import { modelVersionsContract } from "#contracts/mlflow/model-versions.ts";
import { runsContract } from "#contracts/mlflow/runs.ts";
import { endpointContract } from "#contracts/platform/endpoints.ts";
import { monitorsContract } from "#contracts/platform/monitors.ts";
import { pipelineContract } from "#contracts/platform/pipelines.ts";
import type { Client } from "../demo/client.ts";
import { names } from "../demo/names.ts";
import type { Ids } from "./pages.ts";

function some<T>(what: string, found: T | undefined): T {
  if (found === undefined) throw new Error(`the demo left no ${what}`);
  return found;
}

/** Looks up what the demo and the logged experiment left on a platform. */
export async function findIds(api: Client, experiment: string): Promise<Ids> {
  const { runs = [] } = await api.call(runsContract, "searchRuns", { experiment_ids: [experiment], max_results: 6, filter: "attributes.status = 'FINISHED'" });
  const { approvals } = await api.call(pipelineContract, "listApprovals", { status: "approved" });
  const { rollouts } = await api.call(endpointContract, "listRollouts", { name: names.endpoint });
  const { reports } = await api.call(monitorsContract, "listReports", { name: names.monitor });
  const version = await api.call(modelVersionsContract, "getModelVersion", { name: names.model, version: "2" });
  const approval = some("approval", approvals[0]).execution;
  return {
    experiment,
    run: some("run", runs[0]).info.run_id,
    runs: runs.map(({ info }) => info.run_id).join(","),
    execution: approval,
    approval,
    rollout: some("rollout", rollouts.find(({ status }) => status === "rolledBack") ?? rollouts[0]).rolloutId,
    report: some("report", reports[0]).id,
    endpoint: names.endpoint,
    model: names.model,
    loggedModel: some("logged model", version.model_version.source?.split("/").at(-1)),
    view: names.view,
    monitor: names.monitor,
  };
}
