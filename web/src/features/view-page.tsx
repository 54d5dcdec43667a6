import SpaceBetween from "@cloudscape-design/components/space-between";
import { address } from "../address.ts";
import { Page } from "../frame/page.tsx";
import { useSegments } from "../frame/segments.ts";
import { Card } from "../parts/card.tsx";
import { DataTable } from "../parts/data-table.tsx";
import { Facts } from "../parts/facts.tsx";
import { duration } from "../parts/format.ts";
import { Loaded } from "../parts/loaded.tsx";
import { Moment } from "../parts/moment.tsx";
import { TabSet } from "../parts/tab-set.tsx";
import { useRead } from "../queries.ts";
import { Consumers } from "./consumers.tsx";
import { OnlineLookup } from "./online-lookup.tsx";
import { ParityCheck } from "./parity-check.tsx";
import { tagsText } from "./tags-text.ts";
import { TrainingPreview } from "./training-preview.tsx";
import type { ViewReply } from "./wire.ts";

type View = ViewReply["view"];

function Columns({ view }: { readonly view: View }) {
  return (
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
          cell: ({ description }) => <span className="two-lines">{description || "-"}</span>,
          sortBy: ({ description }) => description,
        },
        { id: "tags", header: "Tags", cell: ({ tags }) => <span className="named">{tagsText(tags) || "-"}</span>, sortBy: ({ tags }) => tagsText(tags) },
      ]}
    />
  );
}

/** One feature view: its columns and who reads them, what is served online for a key, and what a training set would be given. */
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
                  ["Entities", view.entities.join(", ")],
                  ["Served up to an age of", view.ttlSeconds ? duration(view.ttlSeconds * 1000) : "any"],
                  ["Owner", view.owner],
                  ["Tags", tagsText(view.tags)],
                  ["Source", view.source?.prefix ?? "pushed rows"],
                  ["Materialised to", view.materializedTo === undefined ? undefined : <Moment key="to" at={view.materializedTo} />],
                  ["Defined", <Moment key="created" at={view.createdAt} />],
                  ["Changed", <Moment key="changed" at={view.updatedAt} />],
                ]}
              />
            </Card>
            <TabSet
              label="Feature view"
              tabs={[
                { id: "features", label: "Features", content: <Columns view={view} /> },
                { id: "online", label: "Online lookup", content: <OnlineLookup view={view} /> },
                { id: "preview", label: "Point-in-time preview", content: <TrainingPreview view={view} /> },
                { id: "parity", label: "Online beside offline", content: <ParityCheck view={view} /> },
                { id: "consumers", label: "Read by", content: <Consumers view={name} /> },
              ]}
            />
          </SpaceBetween>
        )}
      </Loaded>
    </Page>
  );
}
