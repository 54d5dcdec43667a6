import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestObjectStore, type TestObjectStore } from "#test/support/object-store/start.ts";
import { pythonPath } from "#test/support/python.ts";

let store: TestObjectStore;
let scratch: string;
beforeAll(async () => {
  store = await startTestObjectStore();
  scratch = await mkdtemp(join(tmpdir(), "boto3-"));
});
afterAll(async () => {
  await store.stop();
  await rm(scratch, { recursive: true, force: true });
});

it("boto3 transfers, resumes, presigns, copies, lists and deletes against the laptop's object store", async () => {
  const script = fileURLToPath(new URL("./transfer.py", import.meta.url));

  const { stdout } = await promisify(execFile)(pythonPath, [script, store.endpoint, "plain", scratch]);

  expect(JSON.parse(stdout)).toEqual({
    transfer: { size: 67_108_864, metadata: { kind: "test" }, parts: "8", reported: 67_108_864, same: true },
    resumed: { listed: [1, 2], size: 10_485_763, tail: "ppend" },
    presigned: { body: "by url", type: "text/plain", changed: 403 },
    raced: true,
    copied: 67_108_864,
    keys: ["a b/é.txt", "copied", "dir/big é+.bin", "raced", "resumed"],
    left: 0,
    missing: "NoSuchKey",
  });
});
