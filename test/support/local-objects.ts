import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { S3Client } from "@aws-sdk/client-s3";
import { startObjectStore } from "#infra/local/s3/server.ts";

export interface LocalObjects {
  readonly client: S3Client;
  /** As {@link client}, for presigned URLs. */
  readonly presigner: S3Client;
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** Buckets of these names, empty, on an object store of their own. */
export async function startLocalObjects(...buckets: readonly string[]): Promise<LocalObjects> {
  const folder = await mkdtemp(join(tmpdir(), "objects-"));
  const credentials = { accessKeyId: "test", secretAccessKey: "test-secret" };
  const store = await startObjectStore({ folder, credentials, buckets: buckets.map((name) => ({ name, versioned: false })) });
  const settings = { endpoint: store.endpoint, region: "us-east-1", forcePathStyle: true, credentials };
  const client = new S3Client(settings);
  const presigner = new S3Client({ ...settings, requestChecksumCalculation: "WHEN_REQUIRED", responseChecksumValidation: "WHEN_REQUIRED" });
  return {
    client,
    presigner,
    endpoint: store.endpoint,
    async stop() {
      client.destroy();
      presigner.destroy();
      await store.stop();
      await rm(folder, { recursive: true });
    },
  };
}
