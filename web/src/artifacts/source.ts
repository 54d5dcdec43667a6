import type { artifactsContract } from "#contracts/mlflow/artifacts.ts";
import { address, mlflow } from "../address.ts";
import { type ReplyOf, read, send } from "../client.ts";
import type { Entry, Listing } from "./entry.ts";

/** Where files come from: a run, a logged model, or a version of a registered model. */
export interface ArtifactSource {
  readonly id: string;
  /** The address that lists a folder. */
  readonly listing: (folder: string) => string;
  /** Whether a listing names its entries from the root on, or from the folder. */
  readonly namesFrom: "root" | "folder";
  /** The address of a file's bytes, which answers ranges. */
  readonly file: (path: string) => string;
  /** A URL that the browser can read a file of any size from, for minutes. */
  readonly presigned: (path: string) => Promise<string>;
}

export const runFiles = (runId: string): ArtifactSource => ({
  id: runId,
  namesFrom: "root",
  listing: (path) => mlflow("artifacts/list", { run_id: runId, path }),
  file: (path) => address(["get-artifact"], { run_id: runId, path }),
  presigned: async (path) =>
    (await send<ReplyOf<typeof artifactsContract, "createDownloadUrl">>("POST", mlflow("artifacts/presigned-download-url", {}), { run_id: runId, path }))
      .presigned_url,
});

/** What lies in a folder, named from the root on. */
export const entriesOf = ({ namesFrom }: ArtifactSource, folder: string, { files = [] }: Listing): readonly Entry[] =>
  namesFrom === "root" || folder === "" ? files : files.map((entry) => ({ ...entry, path: `${folder}/${entry.path}` }));

/** A file of any owner below the root of its artifacts. */
async function presignedBelow(root: string, path: string): Promise<string> {
  const below = [...root.split("/"), ...path.split("/")];
  return (await read<ReplyOf<typeof artifactsContract, "presignDownload">>(address(["api", "2.0", "mlflow-artifacts", "presigned", ...below]))).url;
}

/** The path of an artifact URI of the platform, without its scheme and its slashes at both ends; undefined for one of elsewhere. */
export const rootIn = (uri: string): string | undefined => /^mlflow-artifacts:\/*(.*?)\/*$/.exec(uri)?.[1];

/** @param root the model's artifact URI */
export const modelFiles = (modelId: string, root: string): ArtifactSource => ({
  id: modelId,
  namesFrom: "root",
  listing: (folder) => mlflow(`logged-models/${encodeURIComponent(modelId)}/artifacts/directories`, { artifact_directory_path: folder }),
  file: (path) => mlflow(`logged-models/${encodeURIComponent(modelId)}/artifacts/files`, { artifact_file_path: path }),
  presigned: (path) => presignedBelow(rootIn(root) ?? root, path),
});

/** @param root the path that {@link rootIn} finds in the version's artifact URI */
export const versionFiles = (name: string, version: string, root: string): ArtifactSource => ({
  id: `${name} ${version}`,
  namesFrom: "folder",
  listing: (folder) => address(["api", "2.0", "mlflow-artifacts", "artifacts"], { path: folder === "" ? root : `${root}/${folder}` }),
  file: (path) => address(["model-versions", "get-artifact"], { name, version, path }),
  presigned: (path) => presignedBelow(root, path),
});
