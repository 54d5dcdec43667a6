import SpaceBetween from "@cloudscape-design/components/space-between";
import { address } from "../client.ts";
import { Page } from "../frame/page.tsx";
import { useSegments } from "../frame/segments.ts";
import { Card } from "../parts/card.tsx";
import { DataTable } from "../parts/data-table.tsx";
import { Facts } from "../parts/facts.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { Moment } from "../parts/moment.tsx";
import { useRead } from "../queries.ts";
import { OnlineLookup } from "./online-lookup.tsx";
import type { ViewReply } from "./wire.ts";

/** One feature view: its columns, and what is served online for a key. */
export function ViewPage() {
  const [, name = ""] = useSegments();
  const query = useRead<ViewReply>(address(["capstan", "v1", "features", "views", name]));
  return (
    <Page title={name} description={query.data?.view.description || undefined}>
      <Loaded query={query}>
        {({ view }) => (
          <SpaceBetween size="l">
            <Card title="View">
              <Facts
                facts={[
                  ["Key", view.joinKeys.map((key) => `${key.name} (${key.valueType})`).join(", ")],
                  ["Owner", view.owner],
                  ["Source", view.source?.prefix ?? "pushed rows"],
                  ["Materialised to", view.materializedTo === undefined ? undefined : <Moment key="to" at={view.materializedTo} />],
                  ["Changed", <Moment key="changed" at={view.updatedAt} />],
                ]}
              />
            </Card>
            <OnlineLookup view={view} />
            <DataTable
              name="features"
              title="Features"
              items={view.features}
              rowKey={(feature) => feature.name}
              empty="None."
              columns={[
                { id: "name", header: "Feature", cell: (feature) => feature.name, sortBy: (feature) => feature.name, isName: true },
                { id: "type", header: "Type", cell: ({ valueType }) => valueType, sortBy: ({ valueType }) => valueType },
                {
                  id: "description",
                  header: "Description",
                  cell: ({ description }) => <span className="name">{description || "-"}</span>,
                  sortBy: ({ description }) => description,
                },
              ]}
            />
          </SpaceBetween>
        )}
      </Loaded>
    </Page>
  );
}
