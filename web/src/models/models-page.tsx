import { address, mlflow } from "../client.ts";
import { plain } from "../experiments/wire.ts";
import { Page } from "../frame/page.tsx";
import { DataTable } from "../parts/data-table.tsx";
import { Empty } from "../parts/empty.tsx";
import { GoTo } from "../parts/go-to.tsx";
import { Moment } from "../parts/moment.tsx";
import { useRead } from "../queries.ts";
import type { ModelsReply } from "./wire.ts";

/** Every registered model with its aliases. */
export function ModelsPage() {
  const query = useRead<ModelsReply>(mlflow("registered-models/search", { max_results: 1000 }));
  const { data } = query;
  return (
    <Page title="Models" description="Names under which versions of models are kept.">
      <DataTable
        name="models"
        title="Registered models"
        items={data && (data.registered_models ?? [])}
        query={query}
        rowKey={({ name }) => name}
        empty={<Empty text="No model yet. The demo registers three versions of one:" command="npm run demo" />}
        columns={[
          {
            id: "name",
            header: "Model",
            cell: ({ name }) => (
              <GoTo href={address(["models", name])}>
                <span className="name">{name}</span>
              </GoTo>
            ),
            sortBy: ({ name }) => name,
            isName: true,
          },
          { id: "latest", header: "Latest version", cell: ({ latest_versions }) => latest_versions?.map(({ version }) => version).join(", ") ?? "-" },
          {
            id: "aliases",
            header: "Aliases",
            cell: ({ aliases }) => <span className="name">{aliases?.map(({ alias, version }) => `${alias}: ${version}`).join(", ") || "-"}</span>,
            sortBy: ({ aliases }) => aliases?.map(({ alias }) => alias).join(", "),
          },
          {
            id: "updated",
            header: "Changed",
            cell: (it) => <Moment at={plain(it.last_updated_timestamp)} />,
            sortBy: (it) => plain(it.last_updated_timestamp),
          },
        ]}
      />
    </Page>
  );
}
