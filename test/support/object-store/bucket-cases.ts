import {
  DeleteBucketCommand,
  DeleteBucketCorsCommand,
  DeleteObjectCommand,
  GetBucketCorsCommand,
  GetBucketLocationCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutBucketCorsCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { expect } from "vitest";
import { type ConformanceCase, refusal } from "./case.ts";

export const bucketCases: readonly ConformanceCase[] = [
  {
    name: "a created bucket is listed, found and empty",
    async run({ client, bucket }) {
      const Bucket = await bucket();

      const { Buckets = [] } = await client.send(new ListBucketsCommand({}));
      const head = await client.send(new HeadBucketCommand({ Bucket }));
      const { KeyCount } = await client.send(new ListObjectsV2Command({ Bucket }));

      expect(Buckets.map(({ Name }) => Name)).toContain(Bucket);
      expect([head.$metadata.httpStatusCode, KeyCount]).toEqual([200, 0]);
    },
  },
  {
    name: "a bucket in us-east-1 has no location constraint",
    async run({ client, bucket }) {
      const { LocationConstraint } = await client.send(new GetBucketLocationCommand({ Bucket: await bucket() }));

      expect(LocationConstraint ?? "").toBe("");
    },
  },
  {
    name: "a bucket that is missing is named as such",
    async run({ client }) {
      const Bucket = "no-such-bucket-here";

      expect(await refusal(client.send(new ListObjectsV2Command({ Bucket })))).toEqual({ status: 404, code: "NoSuchBucket" });
      expect(await refusal(client.send(new PutObjectCommand({ Bucket, Key: "a", Body: "x" })))).toEqual({ status: 404, code: "NoSuchBucket" });
      expect(await refusal(client.send(new HeadBucketCommand({ Bucket })))).toMatchObject({ status: 404 });
    },
  },
  {
    name: "a bucket can be deleted only when it is empty",
    async run({ client, bucket }) {
      const Bucket = await bucket();
      await client.send(new PutObjectCommand({ Bucket, Key: "a", Body: "x" }));

      const full = await refusal(client.send(new DeleteBucketCommand({ Bucket })));
      await client.send(new DeleteObjectCommand({ Bucket, Key: "a" }));
      await client.send(new DeleteBucketCommand({ Bucket }));

      expect(full).toEqual({ status: 409, code: "BucketNotEmpty" });
      expect(await refusal(client.send(new HeadBucketCommand({ Bucket })))).toMatchObject({ status: 404 });
    },
  },
  {
    name: "a bucket keeps its CORS rules until they are deleted",
    async run({ client, bucket }) {
      const Bucket = await bucket();
      const rule = {
        AllowedOrigins: ["https://*.example.com"],
        AllowedMethods: ["GET", "PUT"],
        AllowedHeaders: ["*"],
        ExposeHeaders: ["ETag"],
        MaxAgeSeconds: 60,
      };

      const none = await refusal(client.send(new GetBucketCorsCommand({ Bucket })));
      await client.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules: [rule] } }));
      const { CORSRules } = await client.send(new GetBucketCorsCommand({ Bucket }));
      await client.send(new DeleteBucketCorsCommand({ Bucket }));

      expect(none).toEqual({ status: 404, code: "NoSuchCORSConfiguration" });
      expect(CORSRules).toEqual([rule]);
      expect(await refusal(client.send(new GetBucketCorsCommand({ Bucket })))).toEqual(none);
    },
  },
];
