/**
 * Files of runs and models in S3; `mlflow-artifacts:/<path>` is `mlflow/<path>` of the artifacts bucket.
 *
 * | pattern | calls |
 * | --- | --- |
 * | read a file, or a range | GetObject |
 * | write a file | PutObject, or from 8 MiB a multipart upload |
 * | one level of a folder | ListObjectsV2 with delimiter `/`, a call per 1,000 entries |
 * | remove a file or a folder | ListObjectsV2 and DeleteObjects, a pair per 1,000 files |
 */
import type { Readable } from "node:stream";
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
  PutObjectCommand,
  type S3Client,
  S3ServiceException,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import type { ArtifactAddress } from "#core/artifacts/artifact-address.ts";
import type { ArtifactStore } from "#core/artifacts/artifact-store.ts";
import { DependencyError, DomainError, doesNotExist, invalid } from "#core/errors.ts";
import { writeArtifact } from "./artifacts-write.ts";

const place = ({ bucket, key }: ArtifactAddress) => ({ Bucket: bucket, Key: key });
const below = ({ bucket, key }: ArtifactAddress) => ({ Bucket: bucket, Prefix: key === "" ? "" : `${key}/` });

/** What S3's refusals mean to who asked for an artifact. */
function translated(error: unknown, { bucket, key }: ArtifactAddress): unknown {
  if (!(error instanceof S3ServiceException)) return error;
  if (error.$metadata.httpStatusCode === 403) return new DomainError("PERMISSION_DENIED", `the platform may not use s3://${bucket}/${key}`, { cause: error });
  switch (error.name) {
    case "NoSuchBucket":
      return doesNotExist(`bucket ${bucket} not found`);
    case "NoSuchUpload":
      return doesNotExist(`upload of '${key}' not found: it was completed or given up`);
    case "InvalidPart":
    case "InvalidPartOrder":
    case "EntityTooSmall":
      return invalid(`parts must be those that were uploaded, in order, of at least 5 MiB but for the last: ${error.message}`);
    case "InvalidRange":
      return new DomainError("RANGE_NOT_SATISFIABLE", `range must begin within the file: ${error.message}`, { cause: error });
    default:
      return error;
  }
}

const isAbsent = (error: unknown) => error instanceof S3ServiceException && ["NoSuchKey", "NotFound"].includes(error.name);

/**
 * @param presigner a client that adds no checksum of its own: a presigned URL is made before the body is known
 */
export function artifactStore(client: S3Client, presigner: S3Client = client): ArtifactStore {
  async function sent<T>(address: ArtifactAddress, call: Promise<T>): Promise<T> {
    try {
      return await call;
    } catch (error) {
      throw translated(error, address);
    }
  }
  async function found<T>(address: ArtifactAddress, call: Promise<T>): Promise<T | undefined> {
    try {
      return await sent(address, call);
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw error;
    }
  }
  async function* pages(address: ArtifactAddress, input: object): AsyncGenerator<ListObjectsV2CommandOutput> {
    let ContinuationToken: string | undefined;
    do {
      const page = await sent(
        address,
        client.send(new ListObjectsV2Command({ ...below(address), ...input, ...(ContinuationToken !== undefined && { ContinuationToken }) })),
      );
      yield page;
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken !== undefined);
  }
  async function removeAll(address: ArtifactAddress, keys: readonly string[]): Promise<void> {
    const Delete = { Objects: keys.map((Key) => ({ Key })), Quiet: true };
    const { Errors = [] } = await sent(address, client.send(new DeleteObjectsCommand({ Bucket: address.bucket, Delete })));
    const [first] = Errors;
    if (first) throw new DependencyError(`S3 kept ${Errors.length} of ${keys.length} files: ${first.Code} ${first.Message}`);
  }
  return {
    async open(address, range) {
      const reply = await found(address, client.send(new GetObjectCommand({ ...place(address), ...(range !== undefined && { Range: range }) })));
      if (!reply) return undefined;
      const body = reply.Body as Readable;
      return {
        body,
        bytes: reply.ContentLength ?? 0,
        etag: reply.ETag ?? "",
        ...(reply.ContentType !== undefined && { contentType: reply.ContentType }),
        ...(reply.ContentRange !== undefined && { contentRange: reply.ContentRange }),
        discard: () => void body.destroy(),
      };
    },
    bytes: async (address) => (await found(address, client.send(new HeadObjectCommand(place(address)))))?.ContentLength,
    async isFolder(address) {
      const { KeyCount = 0 } = await sent(address, client.send(new ListObjectsV2Command({ ...below(address), MaxKeys: 1 })));
      return KeyCount > 0;
    },
    write: async (address, artifact) => await sent(address, writeArtifact(client, address, artifact)),
    async list(address) {
      const { Prefix } = below(address);
      const entries = [];
      for await (const page of pages(address, { Delimiter: "/" })) {
        for (const { Prefix: folder = "" } of page.CommonPrefixes ?? []) entries.push({ name: folder.slice(Prefix.length, -1) });
        for (const { Key = "", Size = 0 } of page.Contents ?? []) if (Key !== Prefix) entries.push({ name: Key.slice(Prefix.length), bytes: Size });
      }
      return entries.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    },
    async remove(address) {
      await removeAll(address, [address.key]);
      for await (const { Contents = [] } of pages(address, {})) {
        const keys = Contents.flatMap(({ Key }) => Key ?? []);
        if (keys.length > 0) await removeAll(address, keys);
      }
    },
    async beginUpload(address) {
      const { UploadId = "" } = await sent(address, client.send(new CreateMultipartUploadCommand(place(address))));
      return UploadId;
    },
    async completeUpload(address, UploadId, parts) {
      const Parts = parts.toSorted((a, b) => a.partNumber - b.partNumber).map(({ partNumber, etag }) => ({ PartNumber: partNumber, ETag: etag }));
      await sent(address, client.send(new CompleteMultipartUploadCommand({ ...place(address), UploadId, MultipartUpload: { Parts } })));
    },
    abortUpload: async (address, UploadId) => void (await sent(address, client.send(new AbortMultipartUploadCommand({ ...place(address), UploadId })))),
    partUrl: async (address, UploadId, PartNumber, expiresIn) =>
      await getSignedUrl(presigner, new UploadPartCommand({ ...place(address), UploadId, PartNumber }), { expiresIn }),
    readUrl: async (address, expiresIn) => await getSignedUrl(presigner, new GetObjectCommand(place(address)), { expiresIn }),
    writeUrl: async (address, expiresIn) => await getSignedUrl(presigner, new PutObjectCommand(place(address)), { expiresIn }),
  };
}
