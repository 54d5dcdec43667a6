import BreadcrumbGroup from "@cloudscape-design/components/breadcrumb-group";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { mlflow } from "../address.ts";
import { plain } from "../experiments/wire.ts";
import { setQuery, useUrlState } from "../frame/url-state.ts";
import { DataTable } from "../parts/data-table.tsx";
import { download } from "../parts/download.ts";
import { Empty } from "../parts/empty.tsx";
import { bytes } from "../parts/format.ts";
import { Loaded } from "../parts/loaded.tsx";
import { useRead } from "../queries.ts";
import { filePath } from "./names.ts";
import type { FolderReply, PlaceReply } from "./wire.ts";

interface VersionFilesProps {
  readonly name: string;
  readonly version: string;
}

/** The files of a version, folder by folder. */
export function VersionFiles(props: VersionFilesProps) {
  const place = useRead<PlaceReply>(mlflow("model-versions/get-download-uri", { ...props }), { every: false });
  return (
    <Loaded query={place}>
      {({ artifact_uri: uri }) =>
        /^mlflow-artifacts:\/+/.test(uri) ? (
          <Files {...props} root={uri.replace(/^mlflow-artifacts:\/+/, "").replace(/\/$/, "")} />
        ) : (
          <Empty text={`Its files are at ${uri}, which the platform does not list.`} />
        )
      }
    </Loaded>
  );
}

function Files({ name, version, root }: VersionFilesProps & { readonly root: string }) {
  const [folder] = useUrlState("folder");
  const path = folder === "" ? root : `${root}/${folder}`;
  const query = useRead<FolderReply>(`/api/2.0/mlflow-artifacts/artifacts?path=${encodeURIComponent(path)}`, { every: false });
  const parts = folder === "" ? [] : folder.split("/");
  const within = (file: string) => (folder === "" ? file : `${folder}/${file}`);
  return (
    <SpaceBetween size="l">
      {parts.length > 0 && (
        <BreadcrumbGroup
          ariaLabel="Folder"
          items={[{ text: "files", href: "#" }, ...parts.map((text, index) => ({ text, href: `#${parts.slice(0, index + 1).join("/")}` }))]}
          onFollow={(event) => {
            event.preventDefault();
            setQuery({ folder: event.detail.href.slice(1) });
          }}
        />
      )}
      <DataTable
        name="files"
        title="Files"
        items={query.data && (query.data.files ?? [])}
        query={query}
        rowKey={({ path: file }) => file}
        empty="No file here."
        columns={[
          {
            id: "name",
            header: "Name",
            cell: ({ path: file, is_dir }) =>
              is_dir ? (
                <Button variant="inline-link" onClick={() => setQuery({ folder: within(file) })}>
                  {file}/
                </Button>
              ) : (
                <span className="name">{file}</span>
              ),
            sortBy: ({ path: file }) => file,
            isName: true,
          },
          {
            id: "size",
            header: "Size",
            cell: ({ file_size }) => (file_size === undefined ? "-" : bytes(plain(file_size))),
            sortBy: ({ file_size }) => plain(file_size ?? 0),
          },
          {
            id: "download",
            header: "Download",
            cell: ({ path: file, is_dir }) =>
              !is_dir && (
                <Button
                  variant="inline-icon"
                  iconName="download"
                  ariaLabel={`Download ${file}`}
                  onClick={() => void download(filePath(name, version, within(file)), file)}
                />
              ),
          },
        ]}
      />
    </SpaceBetween>
  );
}
