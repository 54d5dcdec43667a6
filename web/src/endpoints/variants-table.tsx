import Badge from "@cloudscape-design/components/badge";
import type { ReactNode } from "react";
import { versionPage } from "../models/names.ts";
import { DataTable } from "../parts/data-table.tsx";
import { number, percent } from "../parts/format.ts";
import { GoTo } from "../parts/go-to.tsx";
import type { EndpointReply, StatisticsReply, VariantReply } from "./wire.ts";

interface VariantsTableProps {
  readonly endpoint: EndpointReply;
  readonly statistics: StatisticsReply | undefined;
  readonly actions: ReactNode;
}

/** Each variant with its share and its figures over the chosen period. */
export function VariantsTable({ endpoint, statistics, actions }: VariantsTableProps) {
  const of = ({ name }: VariantReply) => statistics?.variants.find(({ variant }) => variant === name);
  const figure = (value: number | undefined, unit = "") => <span className="number">{value === undefined ? "-" : `${number(value)}${unit}`}</span>;
  return (
    <DataTable
      name="variants"
      title="Variants"
      filtering={false}
      actions={actions}
      items={endpoint.variants}
      rowKey={({ name }) => name}
      empty="No variant."
      columns={[
        {
          id: "name",
          header: "Variant",
          cell: ({ name, revoked }) =>
            revoked ? (
              <>
                {name} <Badge color="red">revoked: {revoked.reason}</Badge>
              </>
            ) : (
              name
            ),
          sortBy: ({ name }) => name,
          isName: true,
        },
        {
          id: "version",
          header: "Model version",
          cell: ({ modelName, modelVersion }) => (
            <GoTo href={versionPage(modelName, modelVersion)}>
              {modelName} {modelVersion}
            </GoTo>
          ),
        },
        { id: "weight", header: "Share", width: 76, cell: ({ weight }) => percent(weight) },
        { id: "requests", header: "Requests", width: 92, cell: (it) => figure(of(it)?.requests) },
        { id: "rate", header: "Per second", width: 88, cell: (it) => figure(of(it)?.requestsPerSecond) },
        { id: "errors", header: "Failed", width: 76, cell: (it) => figure(of(it)?.errors) },
        { id: "refusals", header: "Refused", width: 88, cell: (it) => figure(of(it)?.refusals) },
        { id: "nulls", header: "Null rows", width: 72, cell: (it) => figure(of(it)?.nullRows) },
        { id: "p50", header: "p50", width: 104, cell: (it) => figure(of(it)?.p50, " ms") },
        { id: "p95", header: "p95", width: 104, cell: (it) => figure(of(it)?.p95, " ms") },
        { id: "p99", header: "p99", width: 104, cell: (it) => figure(of(it)?.p99, " ms") },
      ]}
    />
  );
}
