import BreadcrumbGroup from "@cloudscape-design/components/breadcrumb-group";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { mlflow } from "../client.ts";
import { ArtifactViewer } from "../experiments/artifact-viewer.tsx";
import { type File, type FilesReply, plain } from "../experiments/wire.ts";
import { setQuery, useUrlState } from "../frame/url-state.ts";
import { DataTable } from "../parts/data-table.tsx";
import { Empty } from "../parts/empty.tsx";
import { ErrorCard } from "../parts/error-card.tsx";
import { bytes } from "../parts/format.ts";
import { useRead } from "../queries.ts";

const nameOf = ({ path }: File) => path.split("/").at(-1) ?? path;

/** The files of a run, folder by folder, and the one that is open. */
export function RunArtifacts({ runId }: { readonly runId: string }) {
  const [folder] = useUrlState("folder");
  const [open] = useUrlState("file");
  const { data, error, refetch } = useRead<FilesReply>(mlflow("artifacts/list", { run_id: runId, path: folder }));
  if (error && !data) return <ErrorCard error={error} retry={() => void refetch()} />;
  const parts = folder === "" ? [] : folder.split("/");
  const crumbs = [{ text: "artifacts", href: "" }, ...parts.map((text, index) => ({ text, href: parts.slice(0, index + 1).join("/") }))];
  return (
    <SpaceBetween size="l">
      <BreadcrumbGroup
        ariaLabel="Folder"
        items={crumbs.map(({ text, href }) => ({ text, href: `#${href}` }))}
        onFollow={(event) => {
          event.preventDefault();
          setQuery({ folder: event.detail.href.slice(1), file: "" });
        }}
      />
      <DataTable
        name="files"
        title="Files"
        items={data && (data.files ?? [])}
        rowKey={({ path }) => path}
        empty={<Empty text="No file here." />}
        columns={[
          {
            id: "name",
            header: "Name",
            cell: (it) => (
              <Button variant="inline-link" onClick={() => setQuery(it.is_dir ? { folder: it.path, file: "" } : { file: it.path })}>
                {it.is_dir ? `${nameOf(it)}/` : nameOf(it)}
              </Button>
            ),
            sortBy: nameOf,
            isName: true,
          },
          {
            id: "size",
            header: "Size",
            cell: ({ file_size }) => (file_size === undefined ? "-" : bytes(plain(file_size))),
            sortBy: ({ file_size }) => plain(file_size ?? 0),
          },
        ]}
      />
      {open !== "" && <ArtifactViewer key={open} runId={runId} path={open} size={plain(data?.files?.find(({ path }) => path === open)?.file_size ?? 0)} />}
    </SpaceBetween>
  );
}
