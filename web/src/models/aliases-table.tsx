import Button from "@cloudscape-design/components/button";
import { mlflow } from "../address.ts";
import { DataTable } from "../parts/data-table.tsx";
import { GoTo } from "../parts/go-to.tsx";
import { useChange } from "../queries.ts";
import { AliasDialog } from "./alias-dialog.tsx";
import { versionPage } from "./names.ts";
import type { Version } from "./wire.ts";

interface AliasesTableProps {
  readonly model: string;
  readonly aliases: readonly { readonly alias: string; readonly version: string }[];
  readonly versions: readonly Version[];
}

/** What each alias points at; an alias is set, moved and removed here, each with a way back. */
export function AliasesTable({ model, aliases, versions }: AliasesTableProps) {
  const change = useChange();
  const path = mlflow("registered-models/alias", {});
  const pointing = (alias: string, version: string, done: string) => ({ path, body: { name: model, alias, version }, done });
  const removing = (alias: string, done: string) => ({ method: "DELETE" as const, path, body: { name: model, alias }, done });
  const set = (alias: string, version: string) => {
    const before = aliases.find((one) => one.alias === alias)?.version;
    const undo =
      before === undefined
        ? removing(alias, `The alias ${alias} is gone again.`)
        : pointing(alias, before, `The alias ${alias} points at version ${before} again.`);
    change.mutate({ ...pointing(alias, version, `The alias ${alias} points at version ${version}.`), undo });
  };
  const remove = (alias: string, version: string) =>
    change.mutate({
      ...removing(alias, `The alias ${alias} is removed.`),
      undo: pointing(alias, version, `The alias ${alias} points at version ${version} again.`),
    });
  return (
    <DataTable
      name="aliases"
      title="Aliases"
      description="Names that clients ask for: models:/name@alias. Endpoints keep the version that they were given."
      filtering={false}
      items={aliases}
      rowKey={({ alias }) => alias}
      empty="No alias points at a version."
      actions={<AliasDialog action="Set alias" versions={versions} submit={set} />}
      columns={[
        { id: "alias", header: "Alias", cell: ({ alias }) => <span className="name">{alias}</span>, sortBy: ({ alias }) => alias, isName: true },
        {
          id: "version",
          header: "Version",
          cell: ({ version }) => <GoTo href={versionPage(model, version)}>{version}</GoTo>,
          sortBy: ({ version }) => Number(version),
        },
        {
          id: "change",
          header: "Change",
          cell: ({ alias, version }) => (
            <>
              <AliasDialog action={`Move alias ${alias}`} icon="edit" initial={{ alias, version }} versions={versions} submit={set} />
              <Button variant="inline-icon" iconName="close" ariaLabel={`Remove alias ${alias}`} onClick={() => remove(alias, version)} />
            </>
          ),
        },
      ]}
    />
  );
}
