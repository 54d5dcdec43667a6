import { address, mlflow } from "../address.ts";
import { plain } from "../experiments/wire.ts";
import { Page } from "../frame/page.tsx";
import { DataTable } from "../parts/data-table.tsx";
import { Empty } from "../parts/empty.tsx";
import { GoTo } from "../parts/go-to.tsx";
import { mlflowPython } from "../parts/list-python.ts";
import { Moment } from "../parts/moment.tsx";
import { useRead } from "../queries.ts";
import { champion, versionPage } from "./names.ts";
import type { Model, ModelsReply } from "./wire.ts";

const mostModels = 1000;
const championOf = ({ aliases }: Model) => aliases?.find(({ alias }) => alias === champion)?.version;
const latestOf = ({ latest_versions = [] }: Model) => Math.max(0, ...latest_versions.map(({ version }) => Number(version)));
const othersOf = ({ aliases = [] }: Model) =>
  aliases
    .filter(({ alias }) => alias !== champion)
    .map(({ alias, version }) => `${alias}: ${version}`)
    .join(", ");
const tagsOf = ({ tags = [] }: Model) => tags.map(({ key, value }) => (value === "" ? key : `${key}: ${value}`)).join(", ");

/** A version as a link to its page. */
const VersionLink = ({ model, version }: { readonly model: string; readonly version: string }) => <GoTo href={versionPage(model, version)}>{version}</GoTo>;

/** Every registered model with its champion, its last version and its tags; the filter looks at all of them. */
export function ModelsPage() {
  const query = useRead<ModelsReply>(mlflow("registered-models/search", { max_results: mostModels }));
  const { data } = query;
  return (
    <Page title="Models" description="Names under which versions of models are kept.">
      <DataTable
        name="models"
        title="Registered models"
        items={data && (data.registered_models ?? [])}
        query={query}
        description={data?.next_page_token === undefined ? undefined : `The first ${mostModels}.`}
        rowKey={({ name }) => name}
        empty={<Empty text="No model yet. The demo registers three versions of one:" command="npm run demo" />}
        python={mlflowPython(`search_registered_models(max_results=${mostModels})`)}
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
          {
            id: "champion",
            header: "Champion",
            cell: (it) => {
              const version = championOf(it);
              return version === undefined ? "-" : <VersionLink model={it.name} version={version} />;
            },
            sortBy: (it) => Number(championOf(it) ?? 0),
            exportBy: championOf,
          },
          {
            id: "latest",
            header: "Last version",
            cell: (it) => (latestOf(it) === 0 ? "-" : <VersionLink model={it.name} version={String(latestOf(it))} />),
            sortBy: latestOf,
          },
          { id: "aliases", header: "Other aliases", cell: (it) => <span className="two-lines">{othersOf(it) || "-"}</span>, sortBy: othersOf },
          { id: "tags", header: "Tags", cell: (it) => <span className="two-lines">{tagsOf(it) || "-"}</span>, sortBy: tagsOf },
          {
            id: "description",
            header: "Description",
            cell: (it) => <span className="two-lines">{it.description || "-"}</span>,
            sortBy: (it) => it.description,
          },
          {
            id: "updated",
            header: "Changed",
            cell: (it) => <Moment at={plain(it.last_updated_timestamp)} />,
            sortBy: (it) => plain(it.last_updated_timestamp),
            isTime: true,
          },
          {
            id: "created",
            header: "Created",
            cell: (it) => <Moment at={plain(it.creation_timestamp)} />,
            sortBy: (it) => plain(it.creation_timestamp),
            isTime: true,
            isOptional: true,
          },
        ]}
      />
    </Page>
  );
}
