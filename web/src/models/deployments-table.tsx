import { address } from "../address.ts";
import { DataTable } from "../parts/data-table.tsx";
import { percent } from "../parts/format.ts";
import { GoTo } from "../parts/go-to.tsx";
import { Moment } from "../parts/moment.tsx";
import { State } from "../parts/state.tsx";
import { versionPage } from "./names.ts";
import type { Endpoint } from "./wire.ts";

interface DeploymentsTableProps {
  readonly endpoints: readonly Endpoint[];
  readonly model: string;
  /** Only this version. @default all of the model */
  readonly version?: string;
}

/** Where versions of a model answer: endpoint, variant and its share of the traffic. */
export function DeploymentsTable({ endpoints, model, version }: DeploymentsTableProps) {
  const rows = endpoints.flatMap(({ name, variants, updatedAt }) =>
    variants
      .filter((it) => it.modelName === model && (version === undefined || it.modelVersion === version))
      .map((variant) => ({ endpoint: name, updatedAt, variant })),
  );
  return (
    <DataTable
      name="deployments"
      title="Deployed"
      filtering={rows.length > 10}
      items={rows}
      rowKey={({ endpoint, variant }) => `${endpoint} ${variant.name}`}
      empty={version === undefined ? "No endpoint serves it." : "No endpoint serves this version."}
      columns={[
        {
          id: "endpoint",
          header: "Endpoint",
          cell: ({ endpoint }) => <GoTo href={address(["endpoints", endpoint])}>{endpoint}</GoTo>,
          sortBy: ({ endpoint }) => endpoint,
          isName: true,
        },
        { id: "variant", header: "Variant", cell: ({ variant }) => variant.name, sortBy: ({ variant }) => variant.name },
        {
          id: "version",
          header: "Version",
          cell: ({ variant }) => <GoTo href={versionPage(model, variant.modelVersion)}>{variant.modelVersion}</GoTo>,
          sortBy: ({ variant }) => Number(variant.modelVersion),
        },
        { id: "weight", header: "Share of traffic", cell: ({ variant }) => percent(variant.weight), sortBy: ({ variant }) => variant.weight },
        {
          id: "state",
          header: "State",
          cell: ({ variant }) => (variant.revoked ? <State of="revoked" /> : variant.weight > 0 ? <State of="serving" /> : <State of="idle" />),
          sortBy: ({ variant }) => (variant.revoked ? "revoked" : variant.weight > 0 ? "serving" : "idle"),
        },
        { id: "changed", header: "Endpoint changed", cell: ({ updatedAt }) => <Moment at={updatedAt} />, sortBy: ({ updatedAt }) => updatedAt, isTime: true },
      ]}
    />
  );
}
