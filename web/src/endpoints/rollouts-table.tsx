import { address } from "../address.ts";
import { DataTable } from "../parts/data-table.tsx";
import { GoTo } from "../parts/go-to.tsx";
import { listPython } from "../parts/list-python.ts";
import { Moment } from "../parts/moment.tsx";
import { State } from "../parts/state.tsx";
import { useRead } from "../queries.ts";
import { StartRollout } from "./start-rollout.tsx";
import type { EndpointReply, RolloutReply } from "./wire.ts";

/** Rollouts of an endpoint, the latest first, and the way to start one. */
export function RolloutsTable({ endpoint }: { readonly endpoint: EndpointReply }) {
  const path = address(["capstan", "v1", "endpoints", endpoint.name, "rollouts"]);
  const query = useRead<{ readonly rollouts: readonly RolloutReply[] }>(path, { every: 2500 });
  const { data } = query;
  return (
    <DataTable
      name="rollouts"
      title="Rollouts"
      items={data?.rollouts}
      query={query}
      rowKey={({ rolloutId }) => rolloutId}
      empty="No version has been rolled out here."
      actions={<StartRollout endpoint={endpoint} />}
      python={listPython(path, "rollouts")}
      columns={[
        {
          id: "id",
          header: "Rollout",
          cell: ({ rolloutId }) => <GoTo href={address(["endpoints", endpoint.name, "rollouts", rolloutId])}>{rolloutId}</GoTo>,
          isName: true,
          sortBy: ({ rolloutId }) => rolloutId,
        },
        { id: "version", header: "Version", cell: ({ modelName, modelVersion }) => `${modelName} ${modelVersion}`, sortBy: ({ modelVersion }) => modelVersion },
        { id: "status", header: "State", cell: ({ status }) => <State of={status} />, sortBy: ({ status }) => status },
        { id: "started", header: "Started", cell: ({ startedAt }) => <Moment at={startedAt} />, sortBy: ({ startedAt }) => startedAt, isTime: true },
        { id: "reason", header: "Reason", cell: ({ reason }) => <span className="name">{reason || "-"}</span>, sortBy: ({ reason }) => reason },
      ]}
    />
  );
}
