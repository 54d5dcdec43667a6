import { artifactsContract } from "#contracts/mlflow/artifacts.ts";
import type { ArtifactContext } from "#core/artifacts/artifacts.ts";
import { doesNotExist } from "#core/errors.ts";
import { createHandler } from "#functions/mlflow-artifacts/handler.ts";
import { artifactStore } from "#stores/s3/artifacts.ts";
import { call, type Options, type Reply } from "#test/support/call.ts";
import { type LocalObjects, startLocalObjects } from "#test/support/local-objects.ts";

/** The artifact function over an object store of its own, with a run `r` behind the proxy and a run `direct` in the bucket `team`. */
export interface ArtifactService {
  readonly objects: LocalObjects;
  readonly context: ArtifactContext;
  request(operation: keyof typeof artifactsContract.routes, fields: object, options?: Options, overrides?: Partial<ArtifactContext>): Promise<Reply>;
  put(artifactPath: string, raw?: string | Uint8Array): Promise<Reply>;
  get(artifactPath: string, headers?: Readonly<Record<string, string>>): Promise<Reply>;
}

export async function startArtifacts(): Promise<ArtifactService> {
  const objects = await startLocalObjects("artifacts", "team");
  const context: ArtifactContext = {
    artifacts: artifactStore(objects.client, objects.presigner),
    bucket: "artifacts",
    roots: {
      async run(runId) {
        if (runId === "direct") return "s3://team/root/direct/artifacts";
        if (runId === "r") return "mlflow-artifacts:/1/r/artifacts";
        throw doesNotExist(`Run with id=${runId} not found`);
      },
      loggedModel: async (modelId) => `mlflow-artifacts:/1/models/${modelId}/artifacts`,
      modelVersion: async () => "mlflow-artifacts:/1/r/artifacts/model",
    },
  };
  const request: ArtifactService["request"] = (operation, fields, options, overrides) =>
    call(createHandler({ ...context, ...overrides }), artifactsContract, operation, { ...fields }, options);
  return {
    objects,
    context,
    request,
    put: (artifact_path, raw = "abc") => request("putArtifact", { artifact_path }, { raw }),
    get: (artifact_path, headers = {}) => request("getArtifact", { artifact_path }, { headers }),
  };
}
