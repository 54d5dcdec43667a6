import { createReadStream, createWriteStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  type S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import { doesNotExist, invalid } from "#core/errors.ts";

/** One object's place. */
export interface ObjectAddress {
  readonly bucket: string;
  readonly key: string;
}
/** From byte `start` to before byte `end`. */
export interface Extent {
  readonly start: number;
  readonly end: number;
}
export interface ListedObject {
  readonly key: string;
  readonly bytes: number;
  readonly modifiedAt: number;
}

/** `s3://bucket/key`, and back. @throws DomainError when the text is not such an address */
export const formatS3Uri = ({ bucket, key }: ObjectAddress) => `s3://${bucket}/${key}`;
export function parseS3Uri(uri: string): ObjectAddress {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/s.exec(uri) ?? [];
  if (bucket === undefined || key === undefined) throw invalid(`uri must be like s3://bucket/key, got ${uri}`);
  return { bucket, key };
}

const isAbsent = (error: unknown) => error instanceof NoSuchKey || error instanceof NotFound;
const isRefused = (error: unknown) => error instanceof S3ServiceException && (error.$metadata.httpStatusCode === 412 || error.$metadata.httpStatusCode === 409);

/** The object operations that stores are written with. */
export interface Objects {
  /** The whole object, or its bytes from `start` to before `end`. @returns undefined when there is none */
  get(address: ObjectAddress, extent?: Extent): Promise<Uint8Array | undefined>;
  /** The object as a stream of bytes. @throws DomainError when there is none */
  open(address: ObjectAddress): Promise<Readable>;
  put(address: ObjectAddress, body: Uint8Array | string, contentType?: string): Promise<void>;
  /** Writes only where nothing is. @returns false when an object was there already: for content-addressed keys the same bytes */
  putIfAbsent(address: ObjectAddress, body: Uint8Array | string, contentType?: string): Promise<boolean>;
  /** @returns the size in bytes, or undefined when there is no such object */
  size(address: ObjectAddress): Promise<number | undefined>;
  /** Every object under a prefix, in key order. */
  list(bucket: string, prefix: string): Promise<ListedObject[]>;
  /** The names between a prefix (which ends in "/") and the next "/", in order: what a folder's folders would be. */
  folders(bucket: string, prefix: string): Promise<string[]>;
  remove(address: ObjectAddress): Promise<void>;
  /** Copies an object of up to 5 GB within the service. @throws DomainError when there is none */
  copy(from: ObjectAddress, to: ObjectAddress): Promise<void>;
  download(address: ObjectAddress, file: string): Promise<void>;
  upload(file: string, address: ObjectAddress, contentType?: string): Promise<void>;
}

export function s3Objects(client: S3Client): Objects {
  const place = ({ bucket, key }: ObjectAddress) => ({ Bucket: bucket, Key: key });
  const typed = (contentType: string | undefined) => (contentType === undefined ? {} : { ContentType: contentType });
  async function open(address: ObjectAddress): Promise<Readable> {
    try {
      const { Body } = await client.send(new GetObjectCommand(place(address)));
      return Body as Readable;
    } catch (error) {
      throw isAbsent(error) ? doesNotExist(`object ${formatS3Uri(address)} not found`) : error;
    }
  }
  return {
    open,
    async get(address, extent) {
      try {
        const { Body } = await client.send(new GetObjectCommand({ ...place(address), ...(extent && { Range: `bytes=${extent.start}-${extent.end - 1}` }) }));
        return await Body?.transformToByteArray();
      } catch (error) {
        if (isAbsent(error)) return undefined;
        throw error;
      }
    },
    async put(address, body, contentType) {
      await client.send(new PutObjectCommand({ ...place(address), Body: body, ...typed(contentType) }));
    },
    async putIfAbsent(address, body, contentType) {
      try {
        await client.send(new PutObjectCommand({ ...place(address), Body: body, IfNoneMatch: "*", ...typed(contentType) }));
        return true;
      } catch (error) {
        if (isRefused(error)) return false;
        throw error;
      }
    },
    async size(address) {
      try {
        return (await client.send(new HeadObjectCommand(place(address)))).ContentLength;
      } catch (error) {
        if (isAbsent(error)) return undefined;
        throw error;
      }
    },
    async list(bucket, prefix) {
      const found: ListedObject[] = [];
      let token: string | undefined;
      do {
        const page = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ...(token !== undefined && { ContinuationToken: token }) }));
        for (const { Key = "", Size = 0, LastModified } of page.Contents ?? []) found.push({ key: Key, bytes: Size, modifiedAt: LastModified?.getTime() ?? 0 });
        token = page.NextContinuationToken;
      } while (token !== undefined);
      return found;
    },
    async folders(bucket, prefix) {
      const names: string[] = [];
      let token: string | undefined;
      do {
        const page = await client.send(
          new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, Delimiter: "/", ...(token !== undefined && { ContinuationToken: token }) }),
        );
        for (const { Prefix = "" } of page.CommonPrefixes ?? []) names.push(Prefix.slice(prefix.length, -1));
        token = page.NextContinuationToken;
      } while (token !== undefined);
      return names;
    },
    async remove(address) {
      await client.send(new DeleteObjectCommand(place(address)));
    },
    async copy(from, to) {
      const CopySource = `${from.bucket}/${from.key.split("/").map(encodeURIComponent).join("/")}`;
      try {
        await client.send(new CopyObjectCommand({ ...place(to), CopySource }));
      } catch (error) {
        throw isAbsent(error) ? doesNotExist(`object ${formatS3Uri(from)} not found`) : error;
      }
    },
    async download(address, file) {
      await pipeline(await open(address), createWriteStream(file));
    },
    async upload(file, address, contentType) {
      const { size } = await stat(file);
      await client.send(new PutObjectCommand({ ...place(address), Body: createReadStream(file), ContentLength: size, ...typed(contentType) }));
    },
  };
}
