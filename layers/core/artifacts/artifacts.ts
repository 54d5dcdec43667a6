import { DomainError, doesNotExist, invalid } from "#core/errors.ts";
import { type ArtifactAddress, artifactAddress, proxiedPrefix } from "./artifact-address.ts";
import { artifactFilePath, artifactPath } from "./artifact-path.ts";
import type { ArtifactEntry, ArtifactStore, OpenArtifact } from "./artifact-store.ts";

export interface ArtifactContext {
  readonly artifacts: ArtifactStore;
  /** Holds what `mlflow-artifacts:` URIs name. */
  readonly bucket: string;
  /** The most that passes through the server in one body. @default no limit */
  readonly maxProxiedBytes?: number | undefined;
  /** Roots of runs, logged models and model versions. Each throws a DomainError when there is none. */
  readonly roots: {
    run(runId: string): Promise<string>;
    loggedModel(modelId: string): Promise<string>;
    modelVersion(name: string, version: number): Promise<string>;
  };
}

/** How long presigned URLs to read from last; those of parts must outlast the upload of all the others. */
export const presignedSeconds = 300;
const partSeconds = 3600;

export const proxiedFile = ({ bucket }: ArtifactContext, path: string): ArtifactAddress => ({ bucket, key: `${proxiedPrefix}${artifactFilePath(path)}` });

/** A file below a root such as a run's artifact URI. */
export function fileBelow({ bucket }: ArtifactContext, root: string, path: string): ArtifactAddress {
  const { key, ...place } = artifactAddress(bucket, root);
  return { ...place, key: [key, artifactFilePath(path)].filter((part) => part !== "").join("/") };
}

/** What lies directly in a folder of the proxy; nothing for a file or an unknown path. */
export const listProxied = (ctx: ArtifactContext, path: string): Promise<readonly ArtifactEntry[]> =>
  ctx.artifacts.list({ bucket: ctx.bucket, key: `${proxiedPrefix}${artifactPath(path)}`.replace(/\/$/, "") });

/** What lies directly in a folder below a root, named from the root. */
export async function listBelow(ctx: ArtifactContext, root: string, path: string): Promise<readonly ArtifactEntry[]> {
  const folder = artifactPath(path);
  const { key, ...place } = artifactAddress(ctx.bucket, root);
  const entries = await ctx.artifacts.list({ ...place, key: [key, folder].filter((part) => part !== "").join("/") });
  return folder === "" ? entries : entries.map((entry) => ({ ...entry, name: `${folder}/${entry.name}` }));
}

const nameOf = ({ key }: ArtifactAddress) => key.replace(proxiedPrefix, "");

/** Why a file cannot be read: it is a folder, or nothing at all. */
async function unreadable({ artifacts }: ArtifactContext, address: ArtifactAddress): Promise<DomainError> {
  if (await artifacts.isFolder(address)) return invalid(`artifact path must name a file, got the folder ${nameOf(address)}`);
  return doesNotExist(`No such artifact: '${nameOf(address)}'`);
}

/** A file to read, or where to read it when it is too large to pass through. */
export type Opened = { readonly kind: "body"; readonly artifact: OpenArtifact } | { readonly kind: "elsewhere"; readonly url: string };

/** @throws DomainError when there is no such file */
export async function openArtifact(ctx: ArtifactContext, address: ArtifactAddress, range?: string): Promise<Opened> {
  const artifact = await ctx.artifacts.open(address, range);
  if (!artifact) throw await unreadable(ctx, address);
  if (artifact.bytes <= (ctx.maxProxiedBytes ?? Number.POSITIVE_INFINITY)) return { kind: "body", artifact };
  artifact.discard();
  return { kind: "elsewhere", url: await ctx.artifacts.readUrl(address, presignedSeconds) };
}

const tooLarge = (most: number) =>
  new DomainError(
    "REQUEST_TOO_LARGE",
    `a file may be at most ${most} bytes when it is sent through this server; send larger ones in parts: set MLFLOW_MULTIPART_UPLOAD_MINIMUM_FILE_SIZE=${most} (and MLFLOW_ENABLE_PROXY_MULTIPART_UPLOAD=true for clients before 3.17), or use POST /api/2.0/mlflow-artifacts/mpu/create`,
  );

interface Sent {
  readonly body: AsyncIterable<Uint8Array>;
  readonly headers: Readonly<Record<string, string>>;
}

async function* limited(body: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > most) throw tooLarge(most);
    yield chunk;
  }
}

/** Writes a file from a request's body, without holding it in memory. */
export async function writeArtifact({ artifacts, maxProxiedBytes }: ArtifactContext, address: ArtifactAddress, { body, headers }: Sent): Promise<void> {
  const declared = headers["content-length"];
  const bytes = declared !== undefined && /^\d+$/.test(declared) ? Number(declared) : undefined;
  if (maxProxiedBytes !== undefined && bytes !== undefined && bytes > maxProxiedBytes) throw tooLarge(maxProxiedBytes);
  await artifacts.write(address, { body: maxProxiedBytes === undefined ? body : limited(body, maxProxiedBytes), bytes, contentType: headers["content-type"] });
}

/** The size of a file. @throws DomainError when there is no such file */
export async function artifactBytes(ctx: ArtifactContext, address: ArtifactAddress): Promise<number> {
  const bytes = await ctx.artifacts.bytes(address);
  if (bytes === undefined) throw await unreadable(ctx, address);
  return bytes;
}

/** The file that an upload in parts makes: the last name of the path on the client's disk, in the folder asked for. */
export function uploadedFile(ctx: ArtifactContext, folder: string, clientPath: string): ArtifactAddress {
  const name = clientPath.split(/[/\\]/).at(-1) ?? "";
  if (name === "") throw invalid(`path must name a file, got ${clientPath}`);
  return proxiedFile(ctx, `${folder}/${name}`);
}

/** Begins an upload in parts, with a presigned URL for each. */
export async function beginUpload({ artifacts }: ArtifactContext, address: ArtifactAddress, parts: number) {
  const uploadId = await artifacts.beginUpload(address);
  const numbers = Array.from({ length: parts }, (_, index) => index + 1);
  const urls = await Promise.all(numbers.map((number) => artifacts.partUrl(address, uploadId, number, partSeconds)));
  return { uploadId, urls };
}
