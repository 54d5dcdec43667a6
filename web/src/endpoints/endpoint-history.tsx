import type { endpointContract } from "#contracts/platform/endpoints.ts";
import { address, type ReplyOf } from "../client.ts";
import { DataTable } from "../parts/data-table.tsx";
import { percent } from "../parts/format.ts";
import { Moment } from "../parts/moment.tsx";
import { useRead } from "../queries.ts";

/** Who changed what and why, the latest first. */
export function EndpointHistory({ name }: { readonly name: string }) {
  const path = address(["capstan", "v1", "endpoints", name, "events"], { limit: 1000 });
  const query = useRead<ReplyOf<typeof endpointContract, "listEndpointEvents">>(path);
  const { data } = query;
  return (
    <DataTable
      name="history"
      title="History"
      items={data?.events}
      query={query}
      rowKey={({ revision, at }) => `${revision} ${at}`}
      empty="Nothing has changed."
      columns={[
        { id: "at", header: "When", cell: ({ at }) => <Moment at={at} />, sortBy: ({ at }) => at, isName: true },
        { id: "change", header: "Change", cell: ({ change }) => change, sortBy: ({ change }) => change },
        { id: "by", header: "By", cell: ({ by }) => by, sortBy: ({ by }) => by },
        {
          id: "weights",
          header: "Shares then",
          cell: ({ weights }) =>
            Object.entries(weights)
              .map(([variant, weight]) => `${variant} ${percent(weight)}`)
              .join(", "),
        },
        { id: "reason", header: "Reason", cell: ({ reason }) => <span className="name">{reason || "-"}</span>, sortBy: ({ reason }) => reason },
      ]}
    />
  );
}
