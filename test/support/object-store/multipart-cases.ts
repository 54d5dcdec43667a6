import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
  UploadPartCopyCommand,
} from "@aws-sdk/client-s3";
import { expect } from "vitest";
import { type ConformanceCase, refusal } from "./case.ts";

const fiveMiB = 5 * 1024 * 1024;
type Place = { readonly Bucket: string; readonly Key: string };

async function begin(client: S3Client, place: Place): Promise<Place & { readonly UploadId: string }> {
  const { UploadId = "" } = await client.send(new CreateMultipartUploadCommand({ ...place, ContentType: "text/x", Metadata: { a: "1" } }));
  return { ...place, UploadId };
}
async function part(client: S3Client, upload: Place & { readonly UploadId: string }, PartNumber: number, Body: Uint8Array): Promise<CompletedPart> {
  const { ETag, ChecksumCRC32 } = await client.send(new UploadPartCommand({ ...upload, PartNumber, Body }));
  return { PartNumber, ETag, ...(ChecksumCRC32 !== undefined && { ChecksumCRC32 }) };
}
const complete = (client: S3Client, upload: Place & { readonly UploadId: string }, Parts: CompletedPart[], IfNoneMatch?: string) =>
  client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts }, ...(IfNoneMatch !== undefined && { IfNoneMatch }) }));

export const multipartCases: readonly ConformanceCase[] = [
  {
    name: "an object is made of its parts, whatever the order they came in",
    async run({ client, bucket }) {
      const upload = await begin(client, { Bucket: await bucket(), Key: "big" });
      const place = { Bucket: upload.Bucket, Key: upload.Key };
      const last = await part(client, upload, 7, Buffer.alloc(10, "b"));
      await part(client, upload, 2, Buffer.alloc(fiveMiB, "x"));
      const first = await part(client, upload, 2, Buffer.alloc(fiveMiB, "a"));
      const early = await refusal(client.send(new HeadObjectCommand(place)));

      const done = await complete(client, upload, [first, last]);
      const got = await client.send(new GetObjectCommand(place));
      const bytes = await got.Body?.transformToByteArray();
      const across = await client.send(new GetObjectCommand({ ...place, Range: `bytes=${fiveMiB - 2}-${fiveMiB + 1}` }));

      expect(early.status).toBe(404);
      expect(done.ETag).toMatch(/^"[0-9a-f]{32}-2"$/);
      expect(got).toMatchObject({ ContentType: "text/x", Metadata: { a: "1" }, ContentLength: fiveMiB + 10, ETag: done.ETag });
      expect(Buffer.concat([Buffer.alloc(fiveMiB, "a"), Buffer.alloc(10, "b")]).equals(bytes ?? Buffer.alloc(0))).toBe(true);
      expect(await across.Body?.transformToString()).toBe("aabb");
    },
  },
  {
    name: "a part of an object can be read by its number",
    async run({ client, bucket }) {
      const upload = await begin(client, { Bucket: await bucket(), Key: "big" });
      const parts = [await part(client, upload, 1, Buffer.alloc(fiveMiB, "a")), await part(client, upload, 2, Buffer.from("tail"))];
      await complete(client, upload, parts);

      const got = await client.send(new GetObjectCommand({ Bucket: upload.Bucket, Key: upload.Key, PartNumber: 2 }));

      expect([got.$metadata.httpStatusCode, got.PartsCount, await got.Body?.transformToString()]).toEqual([206, 2, "tail"]);
    },
  },
  {
    name: "parts that are missing or changed do not complete",
    async run({ client, bucket }) {
      const upload = await begin(client, { Bucket: await bucket(), Key: "big" });
      const [small, last] = [await part(client, upload, 1, Buffer.from("a")), await part(client, upload, 2, Buffer.from("b"))];

      expect(await refusal(complete(client, upload, [small, { ...last, PartNumber: 3 }]))).toEqual({ status: 400, code: "InvalidPart" });
      expect(await refusal(complete(client, upload, [{ ...small, ETag: '"00000000000000000000000000000000"' }]))).toEqual({ status: 400, code: "InvalidPart" });
      expect((await complete(client, upload, [last])).ETag).toMatch(/-1"$/);
    },
  },
  {
    name: "all parts but the last have at least 5 MiB",
    async run({ client, bucket }) {
      const upload = await begin(client, { Bucket: await bucket(), Key: "big" });
      const parts = [await part(client, upload, 1, Buffer.from("a")), await part(client, upload, 2, Buffer.from("b"))];

      expect(await refusal(complete(client, upload, parts))).toEqual({ status: 400, code: "EntityTooSmall" });
    },
  },
  {
    name: "parts out of order do not complete",
    async run({ client, bucket }) {
      const upload = await begin(client, { Bucket: await bucket(), Key: "big" });
      const [first, second] = [await part(client, upload, 1, Buffer.from("a")), await part(client, upload, 2, Buffer.from("b"))];

      expect(await refusal(complete(client, upload, [second, first]))).toEqual({ status: 400, code: "InvalidPartOrder" });
    },
  },
  {
    name: "completing with If-None-Match: * refuses a key that is taken",
    async run({ client, bucket }) {
      const upload = await begin(client, { Bucket: await bucket(), Key: "taken" });
      const only = await part(client, upload, 1, Buffer.from("a"));
      await client.send(new PutObjectCommand({ Bucket: upload.Bucket, Key: upload.Key, Body: "first" }));

      expect(await refusal(complete(client, upload, [only], "*"))).toEqual({ status: 412, code: "PreconditionFailed" });
    },
  },
  {
    name: "an upload can be completed twice with the same result",
    async run({ client, bucket }) {
      const upload = await begin(client, { Bucket: await bucket(), Key: "twice" });
      const only = await part(client, upload, 1, Buffer.from("a"));

      const [first, second] = [await complete(client, upload, [only]), await complete(client, upload, [only])];

      expect(second.ETag).toBe(first.ETag);
    },
  },
  {
    name: "an aborted upload is gone with its parts",
    async run({ client, bucket }) {
      const upload = await begin(client, { Bucket: await bucket(), Key: "gone" });
      const only = await part(client, upload, 1, Buffer.from("a"));
      await client.send(new AbortMultipartUploadCommand(upload));

      expect(await refusal(part(client, upload, 2, Buffer.from("b")))).toEqual({ status: 404, code: "NoSuchUpload" });
      expect(await refusal(complete(client, upload, [only]))).toEqual({ status: 404, code: "NoSuchUpload" });
      expect((await client.send(new ListMultipartUploadsCommand({ Bucket: upload.Bucket }))).Uploads ?? []).toEqual([]);
    },
  },
  {
    name: "uploads in progress and their parts are listed",
    async run({ client, bucket }) {
      const Bucket = await bucket();
      const upload = await begin(client, { Bucket, Key: "a/1" });
      await begin(client, { Bucket, Key: "b" });
      for (const number of [3, 1, 2]) await part(client, upload, number, Buffer.alloc(number, "x"));

      const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket }));
      const first = await client.send(new ListPartsCommand({ ...upload, MaxParts: 2 }));
      const rest = await client.send(new ListPartsCommand({ ...upload, PartNumberMarker: first.NextPartNumberMarker ?? "" }));

      expect(Uploads.map(({ Key }) => Key)).toEqual(["a/1", "b"]);
      expect([first.IsTruncated, first.Parts?.map(({ PartNumber, Size }) => [PartNumber, Size])]).toEqual([
        true,
        [
          [1, 1],
          [2, 2],
        ],
      ]);
      expect([rest.IsTruncated, rest.Parts?.map(({ PartNumber }) => PartNumber)]).toEqual([false, [3]]);
    },
  },
  {
    name: "uploads in progress roll up into common prefixes, page by page",
    async run({ client, bucket }) {
      const Bucket = await bucket();
      for (const Key of ["a/1", "a/2", "b", "c/1"]) await begin(client, { Bucket, Key });

      const all = await client.send(new ListMultipartUploadsCommand({ Bucket, Delimiter: "/" }));
      const first = await client.send(new ListMultipartUploadsCommand({ Bucket, Delimiter: "/", MaxUploads: 1 }));
      const rest = await client.send(new ListMultipartUploadsCommand({ Bucket, Delimiter: "/", KeyMarker: first.NextKeyMarker }));

      expect([all.CommonPrefixes, all.Uploads?.map(({ Key }) => Key)]).toEqual([[{ Prefix: "a/" }, { Prefix: "c/" }], ["b"]]);
      expect([first.IsTruncated, first.CommonPrefixes]).toEqual([true, [{ Prefix: "a/" }]]);
      expect([rest.CommonPrefixes, rest.Uploads?.map(({ Key }) => Key)]).toEqual([[{ Prefix: "c/" }], ["b"]]);
    },
  },
  {
    name: "a part can be copied from a range of an object",
    async run({ client, bucket }) {
      const Bucket = await bucket();
      await client.send(new PutObjectCommand({ Bucket, Key: "source", Body: "0123456789" }));
      const upload = await begin(client, { Bucket, Key: "made" });
      const copied = await client.send(new UploadPartCopyCommand({ ...upload, PartNumber: 1, CopySource: `${Bucket}/source`, CopySourceRange: "bytes=2-5" }));
      const { ETag, ChecksumCRC32 } = copied.CopyPartResult ?? {};
      await complete(client, upload, [{ PartNumber: 1, ETag, ...(ChecksumCRC32 !== undefined && { ChecksumCRC32 }) }]);

      const got = await client.send(new GetObjectCommand({ Bucket, Key: "made" }));

      expect(await got.Body?.transformToString()).toBe("2345");
    },
  },
  {
    name: "a full-object CRC of all parts is verified and kept",
    async run({ client, bucket }) {
      const place = { Bucket: await bucket(), Key: "sum" };
      const { UploadId = "" } = await client.send(new CreateMultipartUploadCommand({ ...place, ChecksumAlgorithm: "CRC64NVME", ChecksumType: "FULL_OBJECT" }));
      const { ETag, ChecksumCRC64NVME } = await client.send(
        new UploadPartCommand({ ...place, UploadId, PartNumber: 1, Body: "hello", ChecksumAlgorithm: "CRC64NVME" }),
      );
      const Parts = [{ PartNumber: 1, ETag, ChecksumCRC64NVME }];

      const wrong = await refusal(
        client.send(new CompleteMultipartUploadCommand({ ...place, UploadId, MultipartUpload: { Parts }, ChecksumCRC64NVME: "AAAAAAAAAAA=" })),
      );
      const done = await client.send(new CompleteMultipartUploadCommand({ ...place, UploadId, MultipartUpload: { Parts }, ChecksumCRC64NVME }));

      expect(wrong).toEqual({ status: 400, code: "BadDigest" });
      expect(done).toMatchObject({ ChecksumCRC64NVME, ChecksumType: "FULL_OBJECT" });
    },
  },
];
