import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CopyObjectCommand, DeleteObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { expect, it } from "vitest";
import type { ObjectEvent } from "#infra/local/s3/event-outbox.ts";
import { startObjectStore } from "#infra/local/s3/server.ts";
import { startChild } from "#test/support/object-store/child.ts";
import { startTestObjectStore, testCredentials } from "#test/support/object-store/start.ts";

it("events tell of creations and deletions in order", async () => {
  const events: ObjectEvent[] = [];
  const store = await startTestObjectStore({ onEvent: (event) => void events.push(event) });
  const at = { Bucket: "kept", Key: "a" };

  const { VersionId } = await store.client.send(new PutObjectCommand({ ...at, Body: "xyz" }));
  await store.client.send(new DeleteObjectCommand(at));
  await store.client.send(new CopyObjectCommand({ Bucket: "plain", Key: "copy", CopySource: `kept/a?versionId=${VersionId}` }));
  await store.client.send(new DeleteObjectCommand({ ...at, VersionId }));
  await store.client.send(new DeleteObjectCommand({ Bucket: "plain", Key: "was never there" }));
  await store.stop();

  expect(events.map(({ bucket, key, name, reason, deletionType, size }) => [bucket, key, name, reason, deletionType, size])).toEqual([
    ["kept", "a", "Object Created", "PutObject", undefined, 3],
    ["kept", "a", "Object Deleted", "DeleteObject", "Delete Marker Created", 0],
    ["plain", "copy", "Object Created", "CopyObject", undefined, 3],
    ["kept", "a", "Object Deleted", "DeleteObject", "Permanently Deleted", 0],
  ]);
  expect(events.map(({ versionId }) => versionId === VersionId)).toEqual([true, false, false, true]);
  expect(events.map(({ sequencer }) => sequencer)).toEqual(events.map(({ sequencer }) => sequencer).toSorted());
});

it("a refused event is offered again", async () => {
  let offered = 0;
  const store = await startTestObjectStore({
    onEvent() {
      offered++;
      if (offered === 1) throw new Error("not now");
    },
  });

  await store.client.send(new PutObjectCommand({ Bucket: "plain", Key: "a", Body: "x" }));
  await store.stop();

  expect(offered).toBe(2);
});

it("events that a killed process had not delivered come from the next one", async () => {
  const folder = await mkdtemp(join(tmpdir(), "events-"));
  const child = await startChild(folder, "stuck");
  for (const Key of ["a", "b"]) await child.client.send(new PutObjectCommand({ Bucket: "plain", Key, Body: "x" }));
  await child.kill();

  const keys: string[] = [];
  const bothSeen = Promise.withResolvers<void>();
  const store = await startObjectStore({
    folder,
    buckets: [],
    credentials: testCredentials,
    onEvent({ key }) {
      keys.push(key);
      if (keys.length === 2) bothSeen.resolve();
    },
  });
  await bothSeen.promise;
  await store.stop();
  await rm(folder, { recursive: true, force: true });

  expect(keys).toEqual(["a", "b"]);
});
