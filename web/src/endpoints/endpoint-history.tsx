import SpaceBetween from "@cloudscape-design/components/space-between";
import { address } from "../address.ts";
import { DataTable } from "../parts/data-table.tsx";
import { percent } from "../parts/format.ts";
import { Moment } from "../parts/moment.tsx";
import { useRead } from "../queries.ts";
import { changeWords } from "./change-words.ts";
import { WeightsOverTime } from "./weights-over-time.tsx";
import type { EventReply } from "./wire.ts";

/** The shares over time, and who changed what and why, the latest first. */
export function EndpointHistory({ name }: { readonly name: string }) {
  const path = address(["capstan", "v1", "endpoints", name, "events"], { limit: 1000 });
  const query = useRead<{ readonly events: readonly EventReply[] }>(path);
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
          { id: "change", header: "Change", cell: ({ change }) => changeWords[change], sortBy: ({ change }) => changeWords[change] },
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
