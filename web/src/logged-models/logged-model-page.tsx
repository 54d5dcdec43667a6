import type { loggedModelsContract } from "#contracts/mlflow/logged-models.ts";
import { mlflow } from "../address.ts";
import { ArtifactPanel } from "../artifacts/artifact-panel.tsx";
import { modelFiles } from "../artifacts/source.ts";
import type { ReplyOf } from "../client.ts";
import { ValuesTable } from "../experiments/values-table.tsx";
import { Page } from "../frame/page.tsx";
import { useSegments } from "../frame/segments.ts";
import { Loaded } from "../parts/loaded.tsx";
import { TabSet } from "../parts/tab-set.tsx";
import { TagsEditor } from "../parts/tags-editor.tsx";
import { useRead } from "../queries.ts";
import type { LoggedModel } from "../runs/wire.ts";
import { EnvironmentFiles } from "./environment-files.tsx";
import { ModelMetrics } from "./model-metrics.tsx";
import { ModelOverview } from "./model-overview.tsx";

type Reply = ReplyOf<typeof loggedModelsContract, "getLoggedModel">;

/** A model that code logged, before or beside its registration: what it takes and gives, how good it was, its files. */
export function LoggedModelPage() {
  const [, id = ""] = useSegments();
  const query = useRead<Reply>(mlflow(`logged-models/${encodeURIComponent(id)}`, { allow_deleted: "true" }));
  return (
    <Page title={query.data?.model.info.name || id} description="Logged model">
      <Loaded query={query}>{({ model }) => <ModelTabs model={model} />}</Loaded>
    </Page>
  );
}

function ModelTabs({ model }: { readonly model: LoggedModel }) {
  const { info, data } = model;
  const files = modelFiles(info.model_id, info.artifact_uri);
  const path = `logged-models/${encodeURIComponent(info.model_id)}/tags`;
  return (
    <TabSet
      label="Logged model"
      tabs={[
        { id: "overview", label: "Overview", content: <ModelOverview model={model} /> },
        { id: "metrics", label: "Metrics", content: <ModelMetrics metrics={data.metrics ?? []} /> },
        { id: "params", label: "Params", content: <ValuesTable name="params" title="Params" values={data.params ?? []} /> },
        { id: "artifacts", label: "Files", content: <ArtifactPanel source={files} isLive={info.status === "LOGGED_MODEL_PENDING"} /> },
        { id: "environment", label: "Environment", content: <EnvironmentFiles title="Packages" source={files} /> },
        {
          id: "tags",
          label: "Tags",
          content: (
            <TagsEditor
              tags={info.tags ?? []}
              writes={{
                set: (key, value) => ({ method: "PATCH", path: mlflow(path, {}), body: { tags: [{ key, value }] } }),
                remove: (key) => ({ method: "DELETE", path: mlflow(`${path}/${encodeURIComponent(key)}`, {}) }),
              }}
            />
          ),
        },
      ]}
    />
  );
}
