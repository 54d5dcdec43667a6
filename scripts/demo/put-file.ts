import { artifactsContract } from "#contracts/mlflow/artifacts.ts";
import type { Client } from "./client.ts";

/** Puts a file below an artifact URI (`mlflow-artifacts:/...`), as MLflow's clients do through the proxy. */
export async function putFile(api: Client, artifactUri: string, path: string, content: string | Uint8Array): Promise<void> {
  await api.call(artifactsContract, "putArtifact", { artifact_path: `${artifactUri.replace(/^mlflow-artifacts:\/+/, "")}/${path}` }, content);
}
