import { artifactsContract, fileInfos } from "#contracts/mlflow/artifacts.ts";
import { mlflowVersion, serverContract } from "#contracts/mlflow/server.ts";
import type { Content } from "#contracts/route.ts";
import type { ArtifactAddress } from "#core/artifacts/artifact-address.ts";
import { artifactReply } from "#core/artifacts/artifact-reply.ts";
import {
  type ArtifactContext,
  artifactBytes,
  beginUpload,
  fileBelow,
  listBelow,
  listProxied,
  openArtifact,
  presignedSeconds,
  proxiedFile,
  uploadedFile,
  writeArtifact,
} from "#core/artifacts/artifacts.ts";
import { rootOfUpload } from "#core/artifacts/upload-root.ts";
import type { FunctionEnv } from "#runtime/function-env.ts";
import type { HttpHandler } from "#runtime/http.ts";
import { type Service, serve, serveRoutes } from "#runtime/serve-routes.ts";
import { dynamoDb } from "#stores/clients.ts";
import { artifactContext } from "#stores/s3/artifacts-context.ts";
import { partsFromWire, runIdOf } from "./wire.ts";

type Headers = Readonly<Record<string, string>>;
const written: Content = { headers: { "content-type": "application/json" }, body: "{}" };
const text = (body: string): Content => ({ headers: { "content-type": "text/plain; charset=utf-8" }, body });

function artifacts(ctx: ArtifactContext): Service {
  const read = async (address: ArtifactAddress, headers: Headers) => artifactReply(await openArtifact(ctx, address, headers["range"]), address.key);
  return serve(artifactsContract, {
    putArtifact: async ({ artifact_path }, call) => {
      await writeArtifact(ctx, proxiedFile(ctx, artifact_path), call);
      return written;
    },
    getArtifact: async ({ artifact_path }, { headers }) => await read(proxiedFile(ctx, artifact_path), headers),
    deleteArtifact: async ({ artifact_path }) => {
      await ctx.artifacts.remove(proxiedFile(ctx, artifact_path));
      return {};
    },
    listArtifactFolder: async ({ path }) => ({ files: fileInfos(await listProxied(ctx, path)) }),
    listArtifacts: async ({ path, ...run }) => {
      const root = await ctx.roots.run(runIdOf(run));
      return { root_uri: root, files: fileInfos(await listBelow(ctx, root, path)) };
    },
    createUpload: async ({ artifact_path, path, num_parts }) => {
      const { uploadId, urls } = await beginUpload(ctx, uploadedFile(ctx, artifact_path, path), num_parts);
      return { upload_id: uploadId, credentials: urls.map((url, index) => ({ url, part_number: index + 1, headers: {} })) };
    },
    completeUpload: async ({ artifact_path, path, upload_id, parts }) => {
      await ctx.artifacts.completeUpload(uploadedFile(ctx, artifact_path, path), upload_id, partsFromWire(parts));
      return {};
    },
    abortUpload: async ({ artifact_path, path, upload_id }) => {
      await ctx.artifacts.abortUpload(uploadedFile(ctx, artifact_path, path), upload_id);
      return {};
    },
    presignDownload: async ({ artifact_path }) => {
      const address = proxiedFile(ctx, artifact_path);
      const file_size = await artifactBytes(ctx, address);
      return { url: await ctx.artifacts.readUrl(address, presignedSeconds), headers: {}, file_size };
    },
    createUploadUrl: async ({ path, expiration, ...owner }) => {
      const address = fileBelow(ctx, await rootOfUpload(ctx, owner.run_id, owner.model_id), path);
      return { presigned_url: await ctx.artifacts.writeUrl(address, expiration), headers: {} };
    },
    createDownloadUrl: async ({ run_id, path, expiration }) => {
      const address = fileBelow(ctx, await ctx.roots.run(run_id), path);
      const file_size = await artifactBytes(ctx, address);
      return { presigned_url: await ctx.artifacts.readUrl(address, expiration), headers: {}, file_size };
    },
    getRunArtifact: async ({ path, ...run }, { headers }) => await read(fileBelow(ctx, await ctx.roots.run(runIdOf(run)), path), headers),
    getModelVersionArtifact: async ({ name, version, path }, { headers }) =>
      await read(fileBelow(ctx, await ctx.roots.modelVersion(name, version), path), headers),
    uploadRunArtifact: async ({ run_uuid, path }, call) => {
      await writeArtifact(ctx, fileBelow(ctx, await ctx.roots.run(run_uuid), path), call);
      return written;
    },
  });
}

const server: Service = serve(serverContract, {
  health: async () => text("OK"),
  version: async () => text(mlflowVersion),
  serverInfo: async () => ({
    store_type: "SqlStore",
    workspaces_enabled: false,
    trace_archival_enabled: false,
    multipart_uploads_enabled: true,
    multipart_downloads_enabled: true,
    presigned_upload_run_id_supported: true,
    presigned_upload_model_id_supported: true,
    features_enabled: { gateway: false },
  }),
});

/** MLflow's artifact operations, and its server's health, version and abilities. */
export const createHandler = (ctx: ArtifactContext): HttpHandler => serveRoutes(artifacts(ctx), server);

export const create = (env: FunctionEnv): HttpHandler =>
  createHandler(
    artifactContext(dynamoDb(), { bucket: env.bucket("artifacts"), table: env.table("tracking"), maxProxiedBytes: env.optional("MAX_PROXIED_BYTES") }),
  );
