import { address } from "../address.ts";
import { plain } from "../experiments/wire.ts";
import { DataTable } from "../parts/data-table.tsx";
import { GoTo } from "../parts/go-to.tsx";
import { Moment } from "../parts/moment.tsx";
import type { VersionsReply } from "../runs/wire.ts";

/** Versions of registered models that were made of the same thing. */
export function VersionsOf({ versions }: { readonly versions: NonNullable<VersionsReply["model_versions"]> | undefined }) {
  return (
    <DataTable
      name="registered"
      title="Registered as"
      filtering={false}
      items={versions}
      rowKey={({ name, version }) => `${name} ${version}`}
      empty="It is not registered."
      columns={[
        { id: "name", header: "Model", cell: ({ name }) => <GoTo href={address(["models", name])}>{name}</GoTo>, isName: true },
        { id: "version", header: "Version", cell: ({ name, version }) => <GoTo href={address(["models", name, "versions", version])}>{version}</GoTo> },
        { id: "at", header: "Registered", cell: (it) => <Moment at={plain(it.creation_timestamp)} /> },
      ]}
    />
  );
}
