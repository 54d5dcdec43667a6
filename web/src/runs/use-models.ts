import { mlflow } from "../address.ts";
import type { Run } from "../experiments/wire.ts";
import { useRead, useSearchReply } from "../queries.ts";
import type { LoggedModel, ModelsReply, VersionsReply } from "./wire.ts";

/** The models that a run made, and the versions that were registered from it; undefined while they are read. */
export function useModels({ info }: Run) {
  const every = info.status === "RUNNING" ? 5000 : false;
  const models = useSearchReply<ModelsReply>(
    mlflow("logged-models/search", {}),
    { experiment_ids: [info.experiment_id], filter: `source_run_id = '${info.run_id}'`, max_results: 1000 },
    { every },
  ).data;
  const versions = useRead<VersionsReply>(mlflow("model-versions/search", { filter: `run_id='${info.run_id}'`, max_results: 1000 }), { every }).data;
  return {
    models: models && ((models.models ?? []) as readonly LoggedModel[]),
    versions: versions && (versions.model_versions ?? []),
  };
}
