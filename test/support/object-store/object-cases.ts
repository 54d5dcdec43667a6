import { Readable } from "node:stream";
import { CopyObjectCommand, DeleteObjectCommand, DeleteObjectsCommand, GetObjectCommand, HeadObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { expect } from "vitest";
import { type ConformanceCase, refusal, textOf } from "./case.ts";

export const objectCases: readonly ConformanceCase[] = [
  {
    name: "an object comes back as it was put, with its type, headers and metadata",
    async run({ client, bucket }) {
      const at = { Bucket: await bucket(), Key: "dir/a.json" };
      const described = {
        ContentType: "application/json",
        CacheControl: "no-store",
        ContentDisposition: "attachment",
        Metadata: { owner: "me", "with-dash": "a  b" },
      };

      const put = await client.send(new PutObjectCommand({ ...at, Body: '{"a":1}', ...described }));
      const head = await client.send(new HeadObjectCommand(at));
      const got = await client.send(new GetObjectCommand(at));

      expect(put.ETag).toBe('"bb6cb5c68df4652941caf652a366f2d8"');
      expect(head).toMatchObject({ ...described, ContentLength: 7, ETag: put.ETag });
      expect(got).toMatchObject({ ...described, ContentLength: 7, ETag: put.ETag });
      expect(await textOf(got)).toBe('{"a":1}');
    },
  },
  {
    name: "an object may be empty",
    async run({ client, bucket }) {
      const at = { Bucket: await bucket(), Key: "empty" };
      await client.send(new PutObjectCommand({ ...at, Body: "" }));

      const got = await client.send(new GetObjectCommand(at));

      expect([got.ContentLength, got.ETag, await textOf(got)]).toEqual([0, '"d41d8cd98f00b204e9800998ecf8427e"', ""]);
    },
  },
  {
    name: "an object that is missing is named as such",
    async run({ client, bucket }) {
      const at = { Bucket: await bucket(), Key: "missing" };

      expect(await refusal(client.send(new GetObjectCommand(at)))).toEqual({ status: 404, code: "NoSuchKey" });
      expect(await refusal(client.send(new HeadObjectCommand(at)))).toMatchObject({ status: 404 });
      expect((await client.send(new DeleteObjectCommand(at))).$metadata.httpStatusCode).toBe(204);
    },
  },
  {
    name: "a put replaces the whole object and what was said of it",
    async run({ client, bucket }) {
      const at = { Bucket: await bucket(), Key: "a" };
      await client.send(new PutObjectCommand({ ...at, Body: "a longer text", Metadata: { first: "1" } }));
      await client.send(new PutObjectCommand({ ...at, Body: "short" }));

      const got = await client.send(new GetObjectCommand(at));

      expect([await textOf(got), got.Metadata]).toEqual(["short", {}]);
    },
  },
  {
    name: "a stream of known length is stored whole",
    async run({ client, bucket }) {
      const at = { Bucket: await bucket(), Key: "stream" };
      const pieces = Array.from({ length: 40 }, (_none, index) => Buffer.alloc(10_000, index));
      await client.send(new PutObjectCommand({ ...at, Body: Readable.from(pieces), ContentLength: 400_000 }));

      const bytes = await (await client.send(new GetObjectCommand(at))).Body?.transformToByteArray();

      expect(Buffer.concat(pieces).equals(bytes ?? Buffer.alloc(0))).toBe(true);
    },
  },
  {
    name: "a range is answered with 206, and with 416 when it begins behind the end",
    async run({ client, bucket }) {
      const at = { Bucket: await bucket(), Key: "a" };
      await client.send(new PutObjectCommand({ ...at, Body: "0123456789" }));

      const middle = await client.send(new GetObjectCommand({ ...at, Range: "bytes=2-4" }));
      const tail = await client.send(new GetObjectCommand({ ...at, Range: "bytes=-3" }));
      const over = await client.send(new GetObjectCommand({ ...at, Range: "bytes=8-100" }));

      expect([middle.$metadata.httpStatusCode, middle.ContentRange, await textOf(middle)]).toEqual([206, "bytes 2-4/10", "234"]);
      expect([await textOf(tail), await textOf(over)]).toEqual(["789", "89"]);
      expect(await refusal(client.send(new GetObjectCommand({ ...at, Range: "bytes=10-" })))).toEqual({ status: 416, code: "InvalidRange" });
    },
  },
  {
    name: "a copy takes bytes and metadata, or new metadata where asked",
    async run({ client, bucket }) {
      const [Bucket, other] = [await bucket(), await bucket()];
      const CopySource = `${Bucket}/${encodeURIComponent("from/é +.txt")}`;
      const put = await client.send(new PutObjectCommand({ Bucket, Key: "from/é +.txt", Body: "text", ContentType: "text/plain", Metadata: { a: "1" } }));
      const copied = await client.send(new CopyObjectCommand({ Bucket: other, Key: "copy", CopySource }));
      await client.send(new CopyObjectCommand({ Bucket, Key: "new", CopySource, MetadataDirective: "REPLACE", ContentType: "text/x", Metadata: { b: "2" } }));
      await client.send(new DeleteObjectCommand({ Bucket, Key: "from/é +.txt" }));

      const copy = await client.send(new GetObjectCommand({ Bucket: other, Key: "copy" }));
      const renewed = await client.send(new GetObjectCommand({ Bucket, Key: "new" }));

      expect(copied.CopyObjectResult?.ETag).toBe(put.ETag);
      expect([await textOf(copy), copy.ContentType, copy.Metadata]).toEqual(["text", "text/plain", { a: "1" }]);
      expect([await textOf(renewed), renewed.ContentType, renewed.Metadata]).toEqual(["text", "text/x", { b: "2" }]);
      expect(await refusal(client.send(new CopyObjectCommand({ Bucket, Key: "x", CopySource })))).toEqual({ status: 404, code: "NoSuchKey" });
    },
  },
  {
    name: "a copy onto itself must change something",
    async run({ client, bucket }) {
      const at = { Bucket: await bucket(), Key: "a" };
      await client.send(new PutObjectCommand({ ...at, Body: "x" }));
      const CopySource = `${at.Bucket}/a`;

      const refused = await refusal(client.send(new CopyObjectCommand({ ...at, CopySource })));
      await client.send(new CopyObjectCommand({ ...at, CopySource, MetadataDirective: "REPLACE", Metadata: { a: "1" } }));

      expect(refused).toEqual({ status: 400, code: "InvalidRequest" });
      expect((await client.send(new HeadObjectCommand(at))).Metadata).toEqual({ a: "1" });
    },
  },
  {
    name: "many keys are deleted in one call, missing ones too",
    async run({ client, bucket }) {
      const Bucket = await bucket();
      for (const Key of ["a", "b/<&>", "c"]) await client.send(new PutObjectCommand({ Bucket, Key, Body: "x" }));

      const { Deleted = [], Errors = [] } = await client.send(
        new DeleteObjectsCommand({ Bucket, Delete: { Objects: ["a", "b/<&>", "none"].map((Key) => ({ Key })) } }),
      );

      expect(Deleted.map(({ Key = "" }) => Key).toSorted()).toEqual(["a", "b/<&>", "none"]);
      expect(Errors).toEqual([]);
      expect(await refusal(client.send(new HeadObjectCommand({ Bucket, Key: "b/<&>" })))).toMatchObject({ status: 404 });
      expect((await client.send(new HeadObjectCommand({ Bucket, Key: "c" }))).ContentLength).toBe(1);
    },
  },
  {
    name: "presigned URLs put and get without a client, with the headers they override",
    async run({ client, bucket }) {
      const at = { Bucket: await bucket(), Key: "dir/a b+c.txt" };
      const put = await getSignedUrl(client, new PutObjectCommand({ ...at, Metadata: { by: "url" } }), { expiresIn: 60 });
      const get = await getSignedUrl(
        client,
        new GetObjectCommand({ ...at, ResponseContentType: "text/x", ResponseContentDisposition: 'attachment; filename="c.txt"' }),
        {
          expiresIn: 60,
        },
      );

      const stored = await fetch(put, { method: "PUT", body: "signed" });
      const got = await fetch(get);

      expect([stored.status, got.status, await got.text(), got.headers.get("content-type")]).toEqual([200, 200, "signed", "text/x"]);
      expect(got.headers.get("x-amz-meta-by")).toBe("url");
      expect(got.headers.get("content-disposition")).toBe('attachment; filename="c.txt"');
    },
  },
  {
    name: "a presigned URL does not hold for another key",
    async run({ client, bucket }) {
      const at = { Bucket: await bucket(), Key: "mine" };
      await client.send(new PutObjectCommand({ ...at, Body: "x" }));
      await client.send(new PutObjectCommand({ ...at, Key: "other", Body: "x" }));
      const url = await getSignedUrl(client, new GetObjectCommand(at), { expiresIn: 60 });

      const got = await fetch(url.replace("/mine?", "/other?"));

      expect([got.status, await got.text()]).toEqual([403, expect.stringContaining("<Code>SignatureDoesNotMatch</Code>")]);
    },
  },
];
