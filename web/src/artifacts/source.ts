import type { artifactsContract } from "#contracts/mlflow/artifacts.ts";
import { address, mlflow } from "../address.ts";
import { type ReplyOf, read, send } from "../client.ts";

/** Where files come from: a run, or a logged model. */
export interface ArtifactSource {
  readonly id: string;
  /** The address that lists a folder. */
  readonly listing: (folder: string) => string;
  /** The address of a file's bytes, which answers ranges. */
  readonly file: (path: string) => string;
  /** A URL that the browser can read a file of any size from, for minutes. */
  readonly presigned: (path: string) => Promise<string>;
}

export const runFiles = (runId: string): ArtifactSource => ({
  id: runId,
  listing: (path) => mlflow("artifacts/list", { run_id: runId, path }),
  file: (path) => address(["get-artifact"], { run_id: runId, path }),
  presigned: async (path) =>
    (await send<ReplyOf<typeof artifactsContract, "createDownloadUrl">>("POST", mlflow("artifacts/presigned-download-url", {}), { run_id: runId, path }))
      .presigned_url,
});

/** @param root the model's artifact URI */
export const modelFiles = (modelId: string, root: string): ArtifactSource => ({
  id: modelId,
  listing: (folder) => mlflow(`logged-models/${encodeURIComponent(modelId)}/artifacts/directories`, { artifact_directory_path: folder }),
  file: (path) => mlflow(`logged-models/${encodeURIComponent(modelId)}/artifacts/files`, { artifact_file_path: path }),
  presigned: async (path) => {
    const below = [...root.replace(/^mlflow-artifacts:\/*/, "").split("/"), ...path.split("/")];
    return (await read<ReplyOf<typeof artifactsContract, "presignDownload">>(address(["api", "2.0", "mlflow-artifacts", "presigned", ...below]))).url;
  },
});
