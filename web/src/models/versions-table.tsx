import Button from "@cloudscape-design/components/button";
import { address, mlflow } from "../client.ts";
import { plain } from "../experiments/wire.ts";
import { DataTable } from "../parts/data-table.tsx";
import { GoTo } from "../parts/go-to.tsx";
import { Moment } from "../parts/moment.tsx";
import { useChange, useRead } from "../queries.ts";
import type { Version, VersionsReply } from "./wire.ts";

interface VersionsTableProps {
  readonly model: string;
  readonly aliases: readonly { readonly alias: string; readonly version: string }[];
}

/** MLflow's filter strings have two kinds of quotes and no escape. */
const quoted = (text: string) => (text.includes("'") ? `"${text}"` : `'${text}'`);
const tag = ({ tags }: Version, key: string) => tags?.find((one) => one.key === key)?.value;

/** The versions of a model, the latest first, with their aliases, which can be taken away. */
export function VersionsTable({ model, aliases }: VersionsTableProps) {
  const change = useChange();
  const query = useRead<VersionsReply>(mlflow("model-versions/search", { filter: `name=${quoted(model)}`, max_results: 1000 }));
  const { data } = query;
  const drop = (alias: string) =>
    change.mutate({
      method: "DELETE",
      path: mlflow("registered-models/alias", {}),
      body: { name: model, alias },
      done: `The alias ${alias} points at nothing now.`,
    });
  return (
    <DataTable
      name="versions"
      title="Versions"
      items={data && (data.model_versions ?? []).toSorted((left, right) => Number(right.version) - Number(left.version))}
      query={query}
      rowKey={({ version }) => version}
      empty="No version."
      columns={[
        { id: "version", header: "Version", cell: ({ version }) => version, sortBy: ({ version }) => Number(version), isName: true },
        {
          id: "aliases",
          header: "Aliases",
          cell: ({ version }) =>
            aliases
              .filter((one) => one.version === version)
              .map(({ alias }) => (
                <div key={alias}>
                  {alias} <Button variant="inline-icon" iconName="close" ariaLabel={`Remove the alias ${alias}`} onClick={() => drop(alias)} />
                </div>
              )),
          sortBy: ({ version }) => aliases.find((one) => one.version === version)?.alias,
        },
        { id: "created", header: "Created", cell: (it) => <Moment at={plain(it.creation_timestamp)} />, sortBy: (it) => plain(it.creation_timestamp) },
        {
          id: "run",
          header: "Run",
          cell: ({ run_id }) => (run_id ? <GoTo href={address(["runs", run_id])}>{run_id.slice(0, 12)}</GoTo> : "-"),
          sortBy: ({ run_id }) => run_id,
        },
        {
          id: "digest",
          header: "Digest",
          cell: (it) => <span title={tag(it, "capstan.digest")}>{tag(it, "capstan.digest")?.slice(0, 12) ?? "-"}</span>,
          sortBy: (it) => tag(it, "capstan.digest"),
        },
        {
          id: "description",
          header: "Description",
          cell: ({ description }) => <span className="name">{description ?? "-"}</span>,
          sortBy: ({ description }) => description,
        },
        {
          id: "tags",
          header: "Tags",
          cell: ({ tags }) => (
            <span className="name">
              {tags
                ?.filter(({ key }) => key !== "capstan.digest")
                .map(({ key, value }) => `${key}: ${value}`)
                .join(", ") || "-"}
            </span>
          ),
        },
      ]}
    />
  );
}
