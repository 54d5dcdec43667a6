import { DeleteObjectCommand, GetObjectCommand, HeadObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { expect } from "vitest";
import { type ConformanceCase, refusal, textOf } from "./case.ts";

export const conditionCases: readonly ConformanceCase[] = [
  {
    name: "of many writers with If-None-Match: * exactly one writes",
    async run({ client, bucket }) {
      const at = { Bucket: await bucket(), Key: "once" };

      const outcomes = await Promise.allSettled(
        Array.from({ length: 8 }, (_none, index) => client.send(new PutObjectCommand({ ...at, Body: `writer ${index}`, IfNoneMatch: "*" }))),
      );
      const winner = outcomes.findIndex(({ status }) => status === "fulfilled");

      expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      expect(await textOf(await client.send(new GetObjectCommand(at)))).toBe(`writer ${winner}`);
      expect(await refusal(client.send(new PutObjectCommand({ ...at, Body: "late", IfNoneMatch: "*" })))).toEqual({ status: 412, code: "PreconditionFailed" });
      await client.send(new DeleteObjectCommand(at));
      expect((await client.send(new PutObjectCommand({ ...at, Body: "again", IfNoneMatch: "*" }))).$metadata.httpStatusCode).toBe(200);
    },
  },
  {
    name: "If-Match writes only over the object it names",
    async run({ client, bucket }) {
      const at = { Bucket: await bucket(), Key: "a" };
      const { ETag = "" } = await client.send(new PutObjectCommand({ ...at, Body: "1" }));

      await client.send(new PutObjectCommand({ ...at, Body: "2", IfMatch: ETag }));

      expect(await refusal(client.send(new PutObjectCommand({ ...at, Body: "3", IfMatch: ETag })))).toEqual({ status: 412, code: "PreconditionFailed" });
      expect(await refusal(client.send(new PutObjectCommand({ ...at, Key: "none", Body: "3", IfMatch: ETag })))).toEqual({ status: 404, code: "NoSuchKey" });
      expect(await textOf(await client.send(new GetObjectCommand(at)))).toBe("2");
    },
  },
  {
    name: "reads answer 304 for what the reader has and 412 for what is not there",
    async run({ client, bucket }) {
      const at = { Bucket: await bucket(), Key: "a" };
      const { ETag = "" } = await client.send(new PutObjectCommand({ ...at, Body: "x" }));
      const { LastModified = new Date(0) } = await client.send(new HeadObjectCommand(at));

      expect((await refusal(client.send(new GetObjectCommand({ ...at, IfNoneMatch: ETag })))).status).toBe(304);
      expect((await refusal(client.send(new GetObjectCommand({ ...at, IfModifiedSince: LastModified })))).status).toBe(304);
      expect((await refusal(client.send(new HeadObjectCommand({ ...at, IfNoneMatch: ETag })))).status).toBe(304);
      expect((await refusal(client.send(new GetObjectCommand({ ...at, IfMatch: '"other"' })))).status).toBe(412);
      expect((await client.send(new GetObjectCommand({ ...at, IfMatch: ETag, IfUnmodifiedSince: new Date(0) }))).ETag).toBe(ETag);
    },
  },
];
