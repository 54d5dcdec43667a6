import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { S3Client } from "@aws-sdk/client-s3";
import { type ObjectStoreOptions, startObjectStore } from "#infra/local/s3/server.ts";

export const testCredentials = { accessKeyId: "test", secretAccessKey: "test" };

/** A client with the settings of the platform on a laptop. */
export const testClient = (endpoint: string): S3Client =>
  new S3Client({ endpoint, region: "us-east-1", forcePathStyle: true, credentials: testCredentials, maxAttempts: 1 });

export interface TestObjectStore {
  readonly endpoint: string;
  readonly port: number;
  readonly folder: string;
  readonly client: S3Client;
  /** Ends the server and removes its folder. */
  readonly stop: () => Promise<void>;
}

/** An object store on a folder of its own, with a bucket `plain` and a bucket `kept` that has versions. */
export async function startTestObjectStore(options: Partial<ObjectStoreOptions> = {}): Promise<TestObjectStore> {
  const folder = await mkdtemp(join(tmpdir(), "object-store-"));
  const buckets = [
    { name: "plain", versioned: false },
    { name: "kept", versioned: true },
  ];
  const { endpoint, port, stop } = await startObjectStore({ folder, buckets, credentials: testCredentials, ...options });
  const client = testClient(endpoint);
  return {
    endpoint,
    port,
    folder,
    client,
    async stop() {
      client.destroy();
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
