import SpaceBetween from "@cloudscape-design/components/space-between";
import type { endpointContract } from "#contracts/platform/endpoints.ts";
import { address, mlflow, type ReplyOf } from "../client.ts";
import { ValuesTable } from "../experiments/values-table.tsx";
import { plain } from "../experiments/wire.ts";
import { Page } from "../frame/page.tsx";
import { useSegments } from "../frame/segments.ts";
import { Card } from "../parts/card.tsx";
import { Facts } from "../parts/facts.tsx";
import { GoTo } from "../parts/go-to.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { Moment } from "../parts/moment.tsx";
import { useRead } from "../queries.ts";
import { AliasDialog } from "./alias-dialog.tsx";
import { VersionsTable } from "./versions-table.tsx";
import type { ModelReply } from "./wire.ts";

/** One registered model: its versions, what its aliases point at, and who serves it. */
export function ModelPage() {
  const [, name = ""] = useSegments();
  const query = useRead<ModelReply>(mlflow("registered-models/get", { name }));
  const endpoints = useRead<ReplyOf<typeof endpointContract, "listEndpoints">>(address(["capstan", "v1", "endpoints"], { modelName: name })).data?.endpoints;
  return (
    <Page title={name} description={query.data?.registered_model.description} actions={<AliasDialog model={name} />}>
      <Loaded query={query}>
        {({ registered_model: model }) => (
          <SpaceBetween size="l">
            <Card title="Model">
              <Facts
                facts={[
                  ["Created", <Moment key="created" at={plain(model.creation_timestamp)} />],
                  ["Changed", <Moment key="changed" at={plain(model.last_updated_timestamp)} />],
                  [
                    "Served by",
                    endpoints?.length
                      ? endpoints.map((it) => (
                          <div key={it.name}>
                            <GoTo href={address(["endpoints", it.name])}>{it.name}</GoTo>
                          </div>
                        ))
                      : "no endpoint",
                  ],
                ]}
              />
            </Card>
            <VersionsTable model={name} aliases={model.aliases ?? []} />
            <ValuesTable name="tags" title="Tags" values={model.tags ?? []} />
          </SpaceBetween>
        )}
      </Loaded>
    </Page>
  );
}
