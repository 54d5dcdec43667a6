import { createHash, randomInt } from "node:crypto";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startObjectStore } from "#infra/local/s3/server.ts";
import { textOf } from "#test/support/object-store/case.ts";
import { startChild } from "#test/support/object-store/child.ts";
import { testClient, testCredentials } from "#test/support/object-store/start.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "durable-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const bodyOf = (seed: number, size: number) => Buffer.alloc(size, createHash("sha256").update(String(seed)).digest());
const oneOf = (known: readonly (string | undefined)[], found: string | undefined) => known.includes(found);

describe("a server killed in the middle of writes", () => {
  it("loses nothing that it acknowledged and shows no half of anything", async () => {
    const at = join(folder, "killed");
    // What a key may hold: one value once a write was acknowledged, two while a write is in doubt.
    const possible = new Map<string, (string | undefined)[]>();
    const tagOf = (body: Uint8Array) => createHash("md5").update(body).digest("hex");
    let acknowledged = 0;

    for (let round = 0; round < 12; round++) {
      const child = await startChild(at);
      const writers = Array.from({ length: 6 }, async (_none, writer) => {
        for (let step = 0; ; step++) {
          const key = `${writer}/${step % 5}`;
          const body = bodyOf(round * 10_000 + writer * 1000 + step, randomInt(1, 300_000));
          const deletes = step % 7 === 6;
          const before = possible.get(key) ?? [undefined];
          possible.set(key, [...before, deletes ? undefined : tagOf(body)]);
          try {
            await child.client.send(
              deletes ? new DeleteObjectCommand({ Bucket: "plain", Key: key }) : new PutObjectCommand({ Bucket: "plain", Key: key, Body: body }),
            );
          } catch {
            return;
          }
          possible.set(key, [deletes ? undefined : tagOf(body)]);
          acknowledged++;
        }
      });
      await new Promise((resolve) => setTimeout(resolve, randomInt(100, 400)));
      await child.kill();
      await Promise.all(writers);
    }

    const child = await startChild(at);
    const { Contents = [] } = await child.client.send(new ListObjectsV2Command({ Bucket: "plain" }));
    const found = new Map<string, string>();
    for (const { Key = "", ETag = "" } of Contents) {
      const bytes = await (await child.client.send(new GetObjectCommand({ Bucket: "plain", Key }))).Body?.transformToByteArray();
      expect(tagOf(bytes ?? Buffer.alloc(0))).toBe(ETag.replaceAll('"', ""));
      found.set(Key, ETag.replaceAll('"', ""));
    }
    const files = (await readdir(join(at, "data"), { recursive: true })).filter((name) => name.length > 30);
    await child.kill();

    expect(acknowledged).toBeGreaterThan(50);
    expect([...possible].filter(([key, values]) => !oneOf(values, found.get(key)))).toEqual([]);
    expect(files).toHaveLength(found.size);
    expect(await readdir(join(at, "incoming"))).toEqual([]);
  });

  it("goes on with an upload whose parts it acknowledged", async () => {
    const at = join(folder, "upload");
    const place = { Bucket: "plain", Key: "big" };
    const first = await startChild(at);
    const { UploadId } = await first.client.send(new CreateMultipartUploadCommand(place));
    const part = await first.client.send(new UploadPartCommand({ ...place, UploadId, PartNumber: 1, Body: "part one" }));
    await first.kill();

    const second = await startChild(at);
    const { ETag, ChecksumCRC32 } = part;
    await second.client.send(new CompleteMultipartUploadCommand({ ...place, UploadId, MultipartUpload: { Parts: [{ PartNumber: 1, ETag, ChecksumCRC32 }] } }));
    const got = await textOf(await second.client.send(new GetObjectCommand(place)));
    await second.kill();

    expect(got).toBe("part one");
  });
});

describe("a folder", () => {
  const options = { buckets: [{ name: "plain", versioned: false }], credentials: testCredentials };
  it("belongs to one server at a time", async () => {
    const at = join(folder, "single");
    const store = await startObjectStore({ ...options, folder: at });

    await expect(startObjectStore({ ...options, folder: at })).rejects.toThrow("database is locked");

    await store.stop();
    await (await startObjectStore({ ...options, folder: at })).stop();
  });
  it("is rid of files that no object names when a server starts", async () => {
    const at = join(folder, "swept");
    const store = await startObjectStore({ ...options, folder: at });
    const client = testClient(store.endpoint);
    await client.send(new PutObjectCommand({ Bucket: "plain", Key: "a", Body: "x" }));
    await store.stop();
    for (const name of ["incoming/left", "data/00/00ff"]) await writeFile(join(at, name), "half");

    const again = await startObjectStore({ ...options, folder: at });
    const files = (await readdir(at, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile() && !entry.name.startsWith("index.sqlite"));
    await again.stop();
    client.destroy();

    expect(files).toHaveLength(1);
  });
  it("gives the bytes of overwritten, deleted and copied objects back once nobody reads them", async () => {
    const at = join(folder, "freed");
    const store = await startObjectStore({ ...options, folder: at });
    const client = testClient(store.endpoint);
    const put = (Key: string, Body: Uint8Array) => client.send(new PutObjectCommand({ Bucket: "plain", Key, Body }));
    const count = async () => (await readdir(join(at, "data"), { recursive: true })).filter((name) => name.length > 30).length;
    await put("a", Buffer.alloc(8_000_000, "1"));

    const reading = await client.send(new GetObjectCommand({ Bucket: "plain", Key: "a" }));
    await put("a", Buffer.from("2"));
    const whileReading = await count();
    const read = await reading.Body?.transformToByteArray();
    await client.send(new DeleteObjectCommand({ Bucket: "plain", Key: "a" }));
    const afterwards = await count();
    client.destroy();
    await store.stop();

    expect([whileReading, Buffer.alloc(8_000_000, "1").equals(read ?? Buffer.alloc(0)), afterwards]).toEqual([2, true, 0]);
  });
});
