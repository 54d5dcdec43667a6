import SpaceBetween from "@cloudscape-design/components/space-between";
import { address } from "../address.ts";
import { plain, type Run } from "../experiments/wire.ts";
import { VersionsOf } from "../logged-models/versions-of.tsx";
import { DataTable } from "../parts/data-table.tsx";
import { GoTo } from "../parts/go-to.tsx";
import { Moment } from "../parts/moment.tsx";
import { useModels } from "./use-models.ts";

const statuses: Readonly<Record<string, string>> = {
  LOGGED_MODEL_PENDING: "files are being written",
  LOGGED_MODEL_READY: "ready",
  LOGGED_MODEL_UPLOAD_FAILED: "upload failed",
};

/** The models that a run made, and what became of them in the registry. */
export function RunModels({ run }: { readonly run: Run }) {
  const { models, versions } = useModels(run);
  return (
    <SpaceBetween size="l">
      <DataTable
        name="models"
        title="Logged models"
        filtering={false}
        items={models}
        rowKey={({ info }) => info.model_id}
        empty="None was logged."
        columns={[
          {
            id: "name",
            header: "Model",
            cell: ({ info }) => <GoTo href={address(["logged-models", info.model_id])}>{info.name || info.model_id}</GoTo>,
            isName: true,
          },
          { id: "type", header: "Flavour", cell: ({ info }) => info.model_type || "-" },
          { id: "status", header: "Files", cell: ({ info }) => statuses[info.status] ?? info.status },
          { id: "created", header: "Logged", cell: ({ info }) => <Moment at={plain(info.creation_timestamp_ms)} /> },
        ]}
      />
      {versions && versions.length > 0 && <VersionsOf versions={versions} />}
    </SpaceBetween>
  );
}
