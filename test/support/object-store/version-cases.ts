import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  GetObjectLegalHoldCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectLegalHoldCommand,
} from "@aws-sdk/client-s3";
import { expect } from "vitest";
import { type ConformanceCase, refusal, textOf } from "./case.ts";

export const versionCases: readonly ConformanceCase[] = [
  {
    name: "every write to a versioned key stays readable under its version",
    async run({ client, bucket }) {
      const at = { Bucket: await bucket("versioned"), Key: "a" };
      const { VersionId: first } = await client.send(new PutObjectCommand({ ...at, Body: "1" }));
      const { VersionId: second } = await client.send(new PutObjectCommand({ ...at, Body: "2" }));

      const latest = await client.send(new GetObjectCommand(at));
      const old = await client.send(new GetObjectCommand({ ...at, VersionId: first }));
      await client.send(new CopyObjectCommand({ ...at, Key: "copy", CopySource: `${at.Bucket}/a?versionId=${first}` }));

      expect((await client.send(new GetBucketVersioningCommand({ Bucket: at.Bucket }))).Status).toBe("Enabled");
      expect([latest.VersionId, await textOf(latest), await textOf(old)]).toEqual([second, "2", "1"]);
      expect(await textOf(await client.send(new GetObjectCommand({ ...at, Key: "copy" })))).toBe("1");
      expect((await refusal(client.send(new GetObjectCommand({ ...at, VersionId: "0".repeat(32) })))).status).toBe(404);
    },
  },
  {
    name: "deleting a versioned key hides it behind a delete marker, and deleting the marker brings it back",
    async run({ client, bucket }) {
      const at = { Bucket: await bucket("versioned"), Key: "a" };
      const { VersionId: first } = await client.send(new PutObjectCommand({ ...at, Body: "1" }));
      const gone = await client.send(new DeleteObjectCommand(at));

      const hidden = await refusal(client.send(new GetObjectCommand(at)));
      const listed = await client.send(new ListObjectsV2Command({ Bucket: at.Bucket }));
      const old = await textOf(await client.send(new GetObjectCommand({ ...at, VersionId: first })));
      const marker = await refusal(client.send(new HeadObjectCommand({ ...at, VersionId: gone.VersionId })));
      await client.send(new DeleteObjectCommand({ ...at, VersionId: gone.VersionId }));

      expect(gone).toMatchObject({ DeleteMarker: true, VersionId: expect.any(String) });
      expect([hidden, listed.KeyCount, old, marker.status]).toEqual([{ status: 404, code: "NoSuchKey" }, 0, "1", 405]);
      expect((await client.send(new GetObjectCommand(at))).VersionId).toBe(first);
    },
  },
  {
    name: "versions and markers are listed newest first, page by page",
    async run({ client, bucket }) {
      const Bucket = await bucket("versioned");
      for (const [Key, Body] of [
        ["a", "1"],
        ["b", "1"],
        ["a", "2"],
        ["a", "3"],
      ] as const)
        await client.send(new PutObjectCommand({ Bucket, Key, Body }));
      await client.send(new DeleteObjectCommand({ Bucket, Key: "b" }));

      const all = await client.send(new ListObjectVersionsCommand({ Bucket }));
      const first = await client.send(new ListObjectVersionsCommand({ Bucket, MaxKeys: 2 }));
      const rest = await client.send(new ListObjectVersionsCommand({ Bucket, KeyMarker: first.NextKeyMarker, VersionIdMarker: first.NextVersionIdMarker }));

      expect(all.Versions?.map(({ Key, IsLatest }) => [Key, IsLatest])).toEqual([
        ["a", true],
        ["a", false],
        ["a", false],
        ["b", false],
      ]);
      expect(all.DeleteMarkers?.map(({ Key, IsLatest }) => [Key, IsLatest])).toEqual([["b", true]]);
      expect([first.IsTruncated, [...(first.Versions ?? []), ...(rest.Versions ?? [])]]).toEqual([true, all.Versions]);
    },
  },
  {
    name: "where versioning is suspended writes replace the null version only",
    async run({ client, bucket }) {
      const at = { Bucket: await bucket("versioned"), Key: "a" };
      const { VersionId: kept } = await client.send(new PutObjectCommand({ ...at, Body: "kept" }));
      await client.send(new PutBucketVersioningCommand({ Bucket: at.Bucket, VersioningConfiguration: { Status: "Suspended" } }));
      for (const Body of ["1", "2"]) await client.send(new PutObjectCommand({ ...at, Body }));

      const { Versions = [] } = await client.send(new ListObjectVersionsCommand({ Bucket: at.Bucket }));

      expect(Versions.map(({ VersionId }) => VersionId)).toEqual(["null", kept]);
      expect(await textOf(await client.send(new GetObjectCommand({ ...at, VersionId: "null" })))).toBe("2");
    },
  },
  {
    name: "a delete of many can name versions",
    async run({ client, bucket }) {
      const at = { Bucket: await bucket("versioned"), Key: "a" };
      const { VersionId } = await client.send(new PutObjectCommand({ ...at, Body: "1" }));
      await client.send(new PutObjectCommand({ ...at, Body: "2" }));

      await client.send(new DeleteObjectsCommand({ Bucket: at.Bucket, Delete: { Objects: [{ Key: "a", VersionId }] } }));

      expect((await client.send(new ListObjectVersionsCommand({ Bucket: at.Bucket }))).Versions).toHaveLength(1);
      expect(await textOf(await client.send(new GetObjectCommand(at)))).toBe("2");
    },
  },
  {
    name: "a version under a legal hold cannot be deleted until it is lifted",
    async run({ client, bucket }) {
      const at = { Bucket: await bucket("locked"), Key: "a" };
      const { VersionId } = await client.send(new PutObjectCommand({ ...at, Body: "1", ObjectLockLegalHoldStatus: "ON" }));

      const held = await refusal(client.send(new DeleteObjectCommand({ ...at, VersionId })));
      const status = (await client.send(new GetObjectLegalHoldCommand(at))).LegalHold?.Status;
      await client.send(new PutObjectLegalHoldCommand({ ...at, VersionId, LegalHold: { Status: "OFF" } }));
      const lifted = await client.send(new DeleteObjectCommand({ ...at, VersionId }));

      expect([held, status, lifted.$metadata.httpStatusCode]).toEqual([{ status: 403, code: "AccessDenied" }, "ON", 204]);
    },
  },
];
