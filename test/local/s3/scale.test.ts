import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { CopyObjectCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startChild } from "#test/support/object-store/child.ts";
import { startTestObjectStore } from "#test/support/object-store/start.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "scale-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const megabyte = 1024 * 1024;

it("300 MB pass through in both directions without being held in memory", async () => {
  const child = await startChild(folder);
  const at = { Bucket: "plain", Key: "big" };
  const piece = Buffer.alloc(megabyte, "0123456789abcdef!");
  function* pieces() {
    for (let count = 0; count < 300; count++) yield piece;
  }
  await child.client.send(new PutObjectCommand({ Bucket: "plain", Key: "warm", Body: piece }));

  const put = await child.client.send(new PutObjectCommand({ ...at, Body: Readable.from(pieces()), ContentLength: 300 * megabyte }));
  const got = await child.client.send(new GetObjectCommand(at));
  const md5 = createHash("md5");
  for await (const chunk of got.Body as Readable) md5.update(chunk);
  const { first, peak } = child.memory();
  await child.kill();

  expect(put.ETag).toBe(`"${md5.digest("hex")}"`);
  expect(peak - first).toBeLessThan(120 * megabyte);
});

it("10,000 keys are listed in ten pages, and their prefixes in one", async () => {
  const store = await startTestObjectStore();
  await store.client.send(new PutObjectCommand({ Bucket: "plain", Key: "source", Body: "x" }));
  const keys = Array.from({ length: 10_000 }, (_none, index) => `run/${index % 100}/${index}`);
  for (let at = 0; at < keys.length; at += 100)
    await Promise.all(keys.slice(at, at + 100).map((Key) => store.client.send(new CopyObjectCommand({ Bucket: "plain", Key, CopySource: "plain/source" }))));

  const listed: string[] = [];
  let pages = 0;
  let token: string | undefined;
  do {
    const page = await store.client.send(
      new ListObjectsV2Command({ Bucket: "plain", Prefix: "run/", ...(token !== undefined && { ContinuationToken: token }) }),
    );
    listed.push(...(page.Contents ?? []).map(({ Key }) => Key ?? ""));
    token = page.NextContinuationToken;
    pages++;
  } while (token !== undefined);
  const rolled = await store.client.send(new ListObjectsV2Command({ Bucket: "plain", Prefix: "run/", Delimiter: "/" }));
  await store.stop();

  expect(listed).toEqual(keys.toSorted());
  expect([pages, rolled.CommonPrefixes?.length, rolled.IsTruncated]).toEqual([10, 100, false]);
});
