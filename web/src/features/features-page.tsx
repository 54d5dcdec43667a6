import { address } from "../address.ts";
import { Page } from "../frame/page.tsx";
import { DataTable } from "../parts/data-table.tsx";
import { Empty } from "../parts/empty.tsx";
import { duration } from "../parts/format.ts";
import { GoTo } from "../parts/go-to.tsx";
import { listPython } from "../parts/list-python.ts";
import { Moment } from "../parts/moment.tsx";
import { TabSet } from "../parts/tab-set.tsx";
import { useRead } from "../queries.ts";
import { tagsText } from "./tags-text.ts";
import type { EntitiesReply, ServicesReply, ViewsReply } from "./wire.ts";

const namesIn = (features: readonly { readonly name: string }[]) => features.map(({ name }) => name).join(", ");
const path = (plural: string) => `/capstan/v1/features/${plural}?pageSize=1000`;

function Views() {
  const query = useRead<ViewsReply>(path("views"));
  const { data } = query;
  return (
    <DataTable
      name="views"
      title="Feature views"
      items={data?.views}
      query={query}
      rowKey={({ name }) => name}
      empty={<Empty text="No feature view yet. The demo defines one and fills it:" command="npm run demo" />}
      python={listPython(path("views"), "views")}
      columns={[
        { id: "name", header: "View", cell: ({ name }) => <GoTo href={address(["features", name])}>{name}</GoTo>, sortBy: ({ name }) => name, isName: true },
        { id: "entities", header: "Entities", cell: ({ entities }) => entities.join(", "), sortBy: ({ entities }) => entities.join(", ") },
        { id: "features", header: "Features", cell: ({ features }) => features.length, sortBy: ({ features }) => features.length },
        {
          id: "names",
          header: "Holds",
          cell: ({ features }) => <span className="two-lines">{namesIn(features)}</span>,
          sortBy: ({ features }) => namesIn(features),
        },
        { id: "owner", header: "Owner", cell: ({ owner }) => <span className="named">{owner || "-"}</span>, sortBy: ({ owner }) => owner },
        { id: "tags", header: "Tags", cell: ({ tags }) => <span className="named">{tagsText(tags) || "-"}</span>, sortBy: ({ tags }) => tagsText(tags) },
        {
          id: "fresh",
          header: "Materialised to",
          cell: ({ materializedTo }) => <Moment at={materializedTo} />,
          sortBy: ({ materializedTo }) => materializedTo ?? undefined,
          isTime: true,
        },
        {
          id: "ttl",
          header: "Served up to an age of",
          cell: ({ ttlSeconds = 0 }) => (ttlSeconds === 0 ? "any" : duration(ttlSeconds * 1000)),
          sortBy: ({ ttlSeconds = 0 }) => (ttlSeconds === 0 ? Number.POSITIVE_INFINITY : ttlSeconds),
        },
        { id: "updated", header: "Changed", cell: ({ updatedAt }) => <Moment at={updatedAt} />, sortBy: ({ updatedAt }) => updatedAt, isTime: true },
      ]}
    />
  );
}

function Entities() {
  const query = useRead<EntitiesReply>(path("entities"));
  const { data } = query;
  return (
    <DataTable
      name="entities"
      title="Entities"
      items={data?.entities}
      query={query}
      rowKey={({ name }) => name}
      empty="No entity yet."
      python={listPython(path("entities"), "entities")}
      columns={[
        { id: "name", header: "Entity", cell: ({ name }) => name, sortBy: ({ name }) => name, isName: true },
        { id: "key", header: "Join key", cell: ({ joinKey, valueType }) => `${joinKey} (${valueType})`, sortBy: ({ joinKey }) => joinKey },
        {
          id: "description",
          header: "Description",
          cell: ({ description }) => <span className="name">{description || "-"}</span>,
          sortBy: ({ description }) => description,
        },
      ]}
    />
  );
}

function Services() {
  const query = useRead<ServicesReply>(path("services"));
  const { data } = query;
  return (
    <DataTable
      name="services"
      title="Feature services"
      items={data?.services}
      query={query}
      rowKey={({ name }) => name}
      empty="No feature service yet."
      python={listPython(path("services"), "services")}
      columns={[
        { id: "name", header: "Service", cell: ({ name }) => name, sortBy: ({ name }) => name, isName: true },
        {
          id: "features",
          header: "Features",
          cell: ({ features }) => <span className="name">{features.join(", ")}</span>,
          sortBy: ({ features }) => features.join(", "),
        },
      ]}
    />
  );
}

/** The catalogue of the feature store. */
export function FeaturesPage() {
  return (
    <Page title="Features" description="What models read, kept point in time and served online.">
      <TabSet
        label="Features"
        tabs={[
          { id: "views", label: "Views", content: <Views /> },
          { id: "entities", label: "Entities", content: <Entities /> },
          { id: "services", label: "Services", content: <Services /> },
        ]}
      />
    </Page>
  );
}
