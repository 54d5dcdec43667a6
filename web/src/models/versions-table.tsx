import Badge from "@cloudscape-design/components/badge";
import type { UseQueryResult } from "@tanstack/react-query";
import { address } from "../address.ts";
import { plain } from "../experiments/wire.ts";
import { DataTable } from "../parts/data-table.tsx";
import { GoTo } from "../parts/go-to.tsx";
import { Moment } from "../parts/moment.tsx";
import { champion, isOwnTag, tagOf, versionPage } from "./names.ts";
import type { Endpoint, Version, VersionsReply } from "./wire.ts";

interface VersionsTableProps {
  readonly query: UseQueryResult<VersionsReply>;
  readonly versions: readonly Version[] | undefined;
  readonly endpoints: readonly Endpoint[];
}

const othersOf = ({ tags = [] }: Version) =>
  tags
    .filter(({ key }) => !isOwnTag(key))
    .map(({ key, value }) => `${key}: ${value}`)
    .join(", ");

/** The versions of a model, the latest first, with what points at them and where they answer. */
export function VersionsTable({ query, versions, endpoints }: VersionsTableProps) {
  const served = (version: string) => endpoints.filter(({ variants }) => variants.some((it) => it.modelVersion === version));
  return (
    <DataTable
      name="versions"
      title="Versions"
      items={versions}
      query={query}
      rowKey={({ version }) => version}
      empty="No version."
      columns={[
        {
          id: "version",
          header: "Version",
          cell: ({ name, version }) => <GoTo href={versionPage(name, version)}>{version}</GoTo>,
          sortBy: ({ version }) => Number(version),
          isName: true,
        },
        {
          id: "aliases",
          header: "Aliases",
          cell: ({ aliases = [] }) =>
            aliases.map((alias) => (
              <Badge key={alias} color={alias === champion ? "green" : "grey"}>
                {alias}
              </Badge>
            )),
          sortBy: ({ aliases = [] }) => aliases.join(", "),
        },
        {
          id: "served",
          header: "Serves",
          cell: ({ version }) =>
            served(version).map(({ name }) => (
              <div key={name}>
                <GoTo href={address(["endpoints", name])}>{name}</GoTo>
              </div>
            )),
          sortBy: ({ version }) =>
            served(version)
              .map(({ name }) => name)
              .join(", "),
        },
        {
          id: "created",
          header: "Created",
          cell: (it) => <Moment at={plain(it.creation_timestamp)} />,
          sortBy: (it) => plain(it.creation_timestamp),
          isTime: true,
        },
        {
          id: "run",
          header: "Run",
          cell: ({ run_id }) => (run_id ? <GoTo href={address(["runs", run_id])}>{run_id.slice(-8)}</GoTo> : "-"),
          sortBy: ({ run_id }) => run_id,
        },
        {
          id: "digest",
          header: "Digest",
          cell: (it) => <span title={tagOf(it, "capstan.digest")}>{tagOf(it, "capstan.digest")?.slice(0, 12) ?? "-"}</span>,
          sortBy: (it) => tagOf(it, "capstan.digest"),
        },
        {
          id: "description",
          header: "Description",
          cell: ({ description }) => <span className="two-lines">{description ?? "-"}</span>,
          sortBy: ({ description }) => description,
        },
        { id: "tags", header: "Tags", cell: (it) => <span className="two-lines">{othersOf(it) || "-"}</span>, sortBy: othersOf },
      ]}
    />
  );
}
