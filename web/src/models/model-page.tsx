import SpaceBetween from "@cloudscape-design/components/space-between";
import { mlflow } from "../address.ts";
import { plain } from "../experiments/wire.ts";
import { Page } from "../frame/page.tsx";
import { useSegments } from "../frame/segments.ts";
import { Card } from "../parts/card.tsx";
import { Facts } from "../parts/facts.tsx";
import { GoTo } from "../parts/go-to.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { Moment } from "../parts/moment.tsx";
import { useRead } from "../queries.ts";
import { AliasesTable } from "./aliases-table.tsx";
import { DeleteModel } from "./delete-model.tsx";
import { DeploymentsTable } from "./deployments-table.tsx";
import { DescriptionCard } from "./description-card.tsx";
import { HistoryTable } from "./history-table.tsx";
import { champion, servingPath, versionPage, versionsPath } from "./names.ts";
import { TagsTable } from "./tags-table.tsx";
import { VersionsTable } from "./versions-table.tsx";
import type { EndpointsReply, ModelReply, VersionsReply } from "./wire.ts";

/** One registered model: its versions, what its aliases point at, and who serves it. */
export function ModelPage() {
  const [, name = ""] = useSegments();
  const query = useRead<ModelReply>(mlflow("registered-models/get", { name }));
  const found = useRead<VersionsReply>(versionsPath(name));
  const versions = found.data && (found.data.model_versions ?? []).toSorted((left, right) => Number(right.version) - Number(left.version));
  const endpoints = useRead<EndpointsReply>(servingPath(name)).data?.endpoints ?? [];
  const isServed = endpoints.length > 0;
  return (
    <Page title={name} actions={<DeleteModel model={name} versions={versions?.length ?? 0} isServed={isServed} />}>
      <Loaded query={query}>
        {({ registered_model: model }) => {
          const best = model.aliases?.find(({ alias }) => alias === champion)?.version;
          return (
            <SpaceBetween size="l">
              <Card title="Model">
                <Facts
                  facts={[
                    [
                      "Champion",
                      best === undefined ? (
                        "none"
                      ) : (
                        <GoTo key="champion" href={versionPage(name, best)}>
                          Version {best}
                        </GoTo>
                      ),
                    ],
                    ["Versions", String(versions?.length ?? "-")],
                    ["Created", <Moment key="created" at={plain(model.creation_timestamp)} />],
                    ["Changed", <Moment key="changed" at={plain(model.last_updated_timestamp)} />],
                    [
                      "Approvals",
                      <GoTo key="approvals" href={`/pipelines?tab=approvals&approvals-q=${encodeURIComponent(name)}`}>
                        Requests for this model
                      </GoTo>,
                    ],
                  ]}
                />
              </Card>
              <VersionsTable query={found} versions={versions} endpoints={endpoints} />
              <AliasesTable model={name} aliases={model.aliases ?? []} versions={versions ?? []} />
              <DeploymentsTable endpoints={endpoints} model={name} />
              <DescriptionCard of="registered-models" id={{ name }} text={model.description ?? ""} />
              <TagsTable of="registered-models" id={{ name }} tags={model.tags ?? []} />
              <HistoryTable model={name} />
            </SpaceBetween>
          );
        }}
      </Loaded>
    </Page>
  );
}
