import type * as z from "zod";
import type { Endpoint } from "#contracts/platform/endpoint.ts";
import { address } from "../address.ts";
import { DataTable } from "../parts/data-table.tsx";
import { Empty } from "../parts/empty.tsx";
import { GoTo } from "../parts/go-to.tsx";
import { EndpointTraffic } from "./endpoint-traffic.tsx";
import { Weights } from "./weights.tsx";

/** Endpoints with what each serves, its traffic, and the rollout under way. */
export function EndpointList({ endpoints }: { readonly endpoints: readonly z.input<typeof Endpoint>[] | undefined }) {
  return (
    <DataTable
      name="endpoints"
      title="Endpoints"
      items={endpoints}
      rowKey={({ name }) => name}
      empty={<Empty text="No endpoint yet. The demo trains a model and serves it:" command="npm run demo" />}
      columns={[
        {
          id: "name",
          header: "Endpoint",
          cell: ({ name }) => <GoTo href={address(["endpoints", name])}>{name}</GoTo>,
          sortBy: ({ name }) => name,
          isName: true,
        },
        { id: "variants", header: "Traffic shares", cell: ({ variants }) => <Weights variants={variants} /> },
        { id: "traffic", header: "Last 5 minutes", cell: ({ name }) => <EndpointTraffic name={name} /> },
        {
          id: "rollout",
          header: "Rollout",
          cell: ({ name, rolloutId }) => (rolloutId === undefined ? "-" : <GoTo href={address(["endpoints", name, "rollouts", rolloutId])}>under way</GoTo>),
          sortBy: ({ rolloutId }) => rolloutId,
        },
      ]}
    />
  );
}
