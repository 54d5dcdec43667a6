import type { endpointContract } from "#contracts/platform/endpoints.ts";
import { address } from "../address.ts";
import type { ReplyOf } from "../client.ts";
import type { Column } from "../parts/column.ts";
import { DataTable } from "../parts/data-table.tsx";
import { Empty } from "../parts/empty.tsx";
import { percent } from "../parts/format.ts";
import { GoTo } from "../parts/go-to.tsx";
import { listPython } from "../parts/list-python.ts";
import { Moment } from "../parts/moment.tsx";
import { useRead } from "../queries.ts";
import { EndpointTraffic } from "./endpoint-traffic.tsx";
import { RolloutLink } from "./rollout-link.tsx";
import { Weights } from "./weights.tsx";
import type { EndpointReply } from "./wire.ts";

const path = "/capstan/v1/endpoints?pageSize=1000";
const servedBy = ({ variants }: EndpointReply) =>
  variants.map(({ modelName, modelVersion, weight }) => `${modelName} ${modelVersion}: ${percent(weight)}`).join(", ");
const tagsOf = ({ tags }: EndpointReply) =>
  Object.entries(tags)
    .map(([key, value]) => `${key}: ${value}`)
    .join(", ");

const columns: readonly Column<EndpointReply>[] = [
  {
    id: "name",
    header: "Endpoint",
    cell: ({ name }) => <GoTo href={address(["endpoints", name])}>{name}</GoTo>,
    sortBy: ({ name }) => name,
    isName: true,
  },
  { id: "variants", header: "Traffic shares", cell: ({ variants }) => <Weights variants={variants} />, searchBy: servedBy, exportBy: servedBy },
  { id: "traffic", header: "Last 5 minutes", cell: ({ name }) => <EndpointTraffic name={name} /> },
  {
    id: "rollout",
    header: "Rollout",
    cell: ({ name, rolloutId }) => (rolloutId === undefined ? "-" : <RolloutLink endpoint={name} rolloutId={rolloutId} />),
    sortBy: ({ rolloutId }) => rolloutId,
  },
  {
    id: "description",
    header: "Description",
    cell: ({ description }) => <span className="two-lines">{description || "-"}</span>,
    sortBy: ({ description }) => description,
    isOptional: true,
  },
  { id: "tags", header: "Tags", cell: (it) => <span className="two-lines">{tagsOf(it) || "-"}</span>, sortBy: tagsOf, isOptional: true },
  { id: "captured", header: "Captured", cell: ({ captureRate }) => percent(captureRate), sortBy: ({ captureRate }) => captureRate, isOptional: true },
  { id: "assignment", header: "Assignment", cell: ({ assignment }) => assignment.mode, sortBy: ({ assignment }) => assignment.mode, isOptional: true },
  {
    id: "compute",
    header: "Compute",
    cell: ({ compute }) => compute?.kind ?? "platform",
    sortBy: ({ compute }) => compute?.kind ?? "platform",
    isOptional: true,
  },
  {
    id: "created",
    header: "Created",
    cell: ({ createdAt }) => <Moment at={createdAt} />,
    sortBy: ({ createdAt }) => createdAt,
    isTime: true,
    isOptional: true,
  },
  {
    id: "changed",
    header: "Changed",
    cell: ({ updatedAt }) => <Moment at={updatedAt} />,
    sortBy: ({ updatedAt }) => updatedAt,
    isTime: true,
    isOptional: true,
  },
  { id: "by", header: "Changed by", cell: ({ updatedBy }) => updatedBy, sortBy: ({ updatedBy }) => updatedBy, isOptional: true },
];

/** Endpoints with what each serves, its traffic, and the rollout under way. */
export function EndpointList() {
  const query = useRead<ReplyOf<typeof endpointContract, "listEndpoints">>(path);
  return (
    <DataTable
      name="endpoints"
      title="Endpoints"
      items={query.data?.endpoints}
      query={query}
      rowKey={({ name }) => name}
      empty={<Empty text="No endpoint yet. The demo trains a model and serves it:" command="npm run demo" />}
      columns={columns}
      python={listPython(path, "endpoints")}
    />
  );
}
