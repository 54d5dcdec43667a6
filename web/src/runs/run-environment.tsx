import SpaceBetween from "@cloudscape-design/components/space-between";
import { address } from "../address.ts";
import { modelFiles } from "../artifacts/source.ts";
import type { Run } from "../experiments/wire.ts";
import { EnvironmentFiles } from "../logged-models/environment-files.tsx";
import { Card } from "../parts/card.tsx";
import { CopyLine } from "../parts/copy-line.tsx";
import { Empty } from "../parts/empty.tsx";
import { Facts } from "../parts/facts.tsx";
import { useRead } from "../queries.ts";
import { reproduce } from "./reproduce.ts";
import { useModels } from "./use-models.ts";
import { type ExecutionReply, tagOf } from "./wire.ts";

/** How to do again what a run did, and the packages that were there when it did. */
export function RunEnvironment({ run }: { readonly run: Run }) {
  const { models = [] } = useModels(run);
  const execution = tagOf(run, "capstan.execution");
  const { data } = useRead<ExecutionReply>(address(["capstan", "v1", "executions", execution ?? ""]), { enabled: execution !== undefined, every: false });
  const tags = new Map((run.data.tags ?? []).map(({ key, value }) => [key, value]));
  const command = reproduce({
    url: window.location.origin,
    experimentId: run.info.experiment_id,
    tags,
    params: run.data.params ?? [],
    modelId: models[0]?.info.model_id,
    request: data?.request,
  });
  return (
    <SpaceBetween size="l">
      <Card title="Do it again">
        {command === undefined ? <Empty text="The client did not say where this run came from." /> : <CopyLine text={command} label="Copy the commands" />}
      </Card>
      <Card title="Source">
        <Facts
          facts={[
            ["File", tags.get("mlflow.source.name")],
            ["Kind", tags.get("mlflow.source.type")],
            ["Git commit", tags.get("mlflow.source.git.commit")],
            ["Git branch", tags.get("mlflow.source.git.branch")],
            ["Repository", tags.get("mlflow.source.git.repoURL")],
            ["Entry point", tags.get("mlflow.project.entryPoint")],
            ["Run by", tags.get("mlflow.user")],
          ]}
        />
      </Card>
      {models.map(({ info }) => (
        <EnvironmentFiles key={info.model_id} title={`Packages of ${info.name || info.model_id}`} source={modelFiles(info.model_id, info.artifact_uri)} />
      ))}
    </SpaceBetween>
  );
}
