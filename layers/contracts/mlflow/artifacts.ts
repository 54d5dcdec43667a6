import * as z from "zod";
import { int64 } from "../int64.ts";
import { content, defineContract } from "../route.ts";
import { modelName, versionNumber } from "./registry-fields.ts";
import { listed } from "./tags.ts";

const proxy = "/api/2.0/mlflow-artifacts";
const mlflow = "/api/2.0/mlflow";
const none = z.object({});
const file = z.object({ artifact_path: z.string() });
const headers = z.record(z.string(), z.string()).optional();
const run = { run_id: z.string().optional(), run_uuid: z.string().optional() };
const partCount = int64.refine((count) => count >= 1 && count <= 10_000, { error: "must be between 1 and 10000" }).transform(Number);
/** Seven days: the longest that a signature of S3 lasts. */
const expiration = int64.refine((seconds) => seconds >= 1 && seconds <= 604_800, { error: "must be between 1 and 604800 seconds" }).transform(Number);
const uploadPart = z.object({ part_number: partCount, etag: z.string(), url: z.string().nullish() });

/** A file or folder in a listing. */
export const fileInfo = z
  .object({ path: z.string(), is_dir: z.boolean(), file_size: int64.optional() })
  .meta({ id: "FileInfo", description: "A file with its size in bytes, or a folder." });
/** A listing for a reply; an empty one is left out. */
export const fileInfos = (entries: readonly { readonly name: string; readonly bytes?: number }[]) =>
  listed(entries.map(({ name, bytes }) => ({ path: name, is_dir: bytes === undefined, ...(bytes !== undefined && { file_size: bytes }) })));
/** Files of a run or of a logged model, with paths relative to its root. */
export const artifactListing = z.object({ root_uri: z.string(), files: z.array(fileInfo).optional() });

/** MLflow 3.17.2's artifact operations: the proxy that clients with `mlflow-artifacts:` roots use, and the UI's listings and downloads. */
export const artifactsContract = defineContract({
  name: "mlflow-artifacts",
  surface: "mlflow",
  summary: "Files of runs and models: listing, upload, download, also in parts and through presigned URLs.",
  routes: {
    putArtifact: {
      method: "PUT",
      path: `${proxy}/artifacts/{artifact_path+}`,
      summary: "Write a file, whole or not at all; folders come with it.",
      body: "content",
      request: file,
      response: content,
      errors: ["INVALID_PARAMETER_VALUE", "REQUEST_TOO_LARGE"],
    },
    getArtifact: {
      method: "GET",
      path: `${proxy}/artifacts/{artifact_path+}`,
      summary: "Read a file, or the range of it that a Range header names.",
      request: file,
      response: content,
      errors: ["RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE", "RANGE_NOT_SATISFIABLE"],
    },
    deleteArtifact: {
      method: "DELETE",
      path: `${proxy}/artifacts/{artifact_path+}`,
      summary: "Remove a file, or a folder with all that is in it.",
      request: file,
      response: none,
      errors: ["INVALID_PARAMETER_VALUE"],
    },
    listArtifactFolder: {
      method: "GET",
      path: `${proxy}/artifacts`,
      summary: "What lies directly in a folder, by name; nothing for a file or an unknown path.",
      request: z.object({ path: z.string().default("") }),
      response: z.object({ files: z.array(fileInfo).optional() }),
      errors: ["INVALID_PARAMETER_VALUE"],
    },
    listArtifacts: {
      method: "GET",
      path: `${mlflow}/artifacts/list`,
      summary: "What lies directly in a folder of a run, with paths from the run's root.",
      request: z.object({ ...run, path: z.string().default("") }),
      response: artifactListing,
      errors: ["RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE"],
    },
    createUpload: {
      method: "POST",
      path: `${proxy}/mpu/create/{artifact_path+}`,
      summary: "Begin an upload in parts: a presigned URL for each part.",
      request: z.object({ artifact_path: z.string(), path: z.string(), num_parts: partCount }),
      response: z.object({ upload_id: z.string(), credentials: z.array(z.object({ url: z.string(), part_number: int64, headers })) }),
      errors: ["INVALID_PARAMETER_VALUE"],
    },
    completeUpload: {
      method: "POST",
      path: `${proxy}/mpu/complete/{artifact_path+}`,
      summary: "Make the file of its uploaded parts.",
      request: z.object({ artifact_path: z.string(), path: z.string(), upload_id: z.string(), parts: z.array(uploadPart).min(1) }),
      response: none,
      errors: ["RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE"],
    },
    abortUpload: {
      method: "POST",
      path: `${proxy}/mpu/abort/{artifact_path+}`,
      summary: "Give an upload in parts up.",
      request: z.object({ artifact_path: z.string(), path: z.string(), upload_id: z.string() }),
      response: none,
      errors: ["INVALID_PARAMETER_VALUE"],
    },
    presignDownload: {
      method: "GET",
      path: `${proxy}/presigned/{artifact_path+}`,
      summary: "A URL that a file can be read from for five minutes.",
      request: file,
      response: z.object({ url: z.string(), headers, file_size: int64 }),
      errors: ["RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE"],
    },
    createUploadUrl: {
      method: "POST",
      path: `${mlflow}/artifacts/presigned-upload-url`,
      summary: "A URL that a file of a run or logged model can be written to.",
      request: z.object({ run_id: z.string().optional(), model_id: z.string().optional(), path: z.string(), expiration: expiration.default(900) }),
      response: z.object({ presigned_url: z.string(), headers }),
      errors: ["RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE"],
    },
    createDownloadUrl: {
      method: "POST",
      path: `${mlflow}/artifacts/presigned-download-url`,
      summary: "A URL that a file of a run can be read from.",
      request: z.object({ run_id: z.string(), path: z.string(), expiration: expiration.default(900) }),
      response: z.object({ presigned_url: z.string(), headers, file_size: int64 }),
      errors: ["RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE"],
    },
    getRunArtifact: {
      method: "GET",
      path: "/get-artifact",
      summary: "Read a file of a run.",
      request: z.object({ ...run, path: z.string() }),
      response: content,
      errors: ["RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE"],
    },
    getModelVersionArtifact: {
      method: "GET",
      path: "/model-versions/get-artifact",
      summary: "Read a file of a model version.",
      request: z.object({ name: modelName, version: versionNumber, path: z.string() }),
      response: content,
      errors: ["RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE"],
    },
    uploadRunArtifact: {
      method: "POST",
      path: `${mlflow}/upload-artifact`,
      summary: "Write a file of a run, as the web page does.",
      body: "content",
      request: z.object({ run_uuid: z.string(), path: z.string() }),
      response: content,
      errors: ["RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE", "REQUEST_TOO_LARGE"],
    },
  },
});
