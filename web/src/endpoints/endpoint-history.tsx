import SpaceBetween from "@cloudscape-design/components/space-between";
import type { endpointContract } from "#contracts/platform/endpoints.ts";
import { address } from "../address.ts";
import type { ReplyOf } from "../client.ts";
import { DataTable } from "../parts/data-table.tsx";
import { percent } from "../parts/format.ts";
import { Moment } from "../parts/moment.tsx";
import { useRead } from "../queries.ts";
import { WeightsOverTime } from "./weights-over-time.tsx";
import type { EventReply } from "./wire.ts";

const words: Readonly<Record<EventReply["change"], string>> = {
  created: "created",
  updated: "changed",
  weights: "shares set by hand",
  deleted: "deleted",
  revoked: "version revoked",
  rolloutStarted: "rollout started",
  rolloutStepped: "rollout: next step",
  rolloutPaused: "rollout paused",
  rolloutResumed: "rollout resumed",
  rolloutPromoted: "rollout promoted",
  rolloutRolledBack: "rollout rolled back",
  rolloutAborted: "rollout aborted",
};

/** The shares over time, and who changed what and why, the latest first. */
export function EndpointHistory({ name }: { readonly name: string }) {
  const path = address(["capstan", "v1", "endpoints", name, "events"], { limit: 1000 });
  const query = useRead<ReplyOf<typeof endpointContract, "listEndpointEvents">>(path);
  const { data } = query;
  return (
    <SpaceBetween size="l">
      {data && <WeightsOverTime events={data.events} />}
      <DataTable
        name="history"
        title="History"
        items={data?.events}
        query={query}
        rowKey={({ revision, at }) => `${revision} ${at}`}
        empty="Nothing has changed."
        columns={[
          { id: "at", header: "When", cell: ({ at }) => <Moment at={at} />, sortBy: ({ at }) => at, isName: true },
          { id: "change", header: "Change", cell: ({ change }) => words[change], sortBy: ({ change }) => words[change] },
          { id: "by", header: "By", cell: ({ by }) => by, sortBy: ({ by }) => by },
          {
            id: "weights",
            header: "Shares from then on",
            cell: ({ weights }) =>
              Object.entries(weights)
                .map(([variant, weight]) => `${variant} ${percent(weight)}`)
                .join(", ") || "-",
          },
          { id: "reason", header: "Reason", cell: ({ reason }) => <span className="name">{reason || "-"}</span>, sortBy: ({ reason }) => reason },
        ]}
      />
    </SpaceBetween>
  );
}
