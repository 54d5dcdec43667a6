import { setTimeout as sleep } from "node:timers/promises";
import { GetObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { buckets } from "#infra/local/environment.ts";

interface Place {
  readonly objectsUrl: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}
const Bucket = buckets.artifacts;

/** Waits until so many runs of an experiment are in blocks, after a search has asked for it. @returns the names of the blocks */
export async function packedRuns({ objectsUrl, credentials }: Place, experimentId: string, runs: number): Promise<readonly string[]> {
  const client = new S3Client({ endpoint: objectsUrl, region: "us-east-1", forcePathStyle: true, credentials });
  try {
    for (;;) {
      const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket, Prefix: `manifests/${experimentId}/` }));
      for (const { Key } of Contents) {
        const list = await (await client.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString();
        const { blocks } = JSON.parse(list ?? "") as { blocks: readonly { readonly at: string; readonly rows: number }[] };
        if (blocks.reduce((sum, { rows }) => sum + rows, 0) >= runs) return blocks.map(({ at }) => at);
      }
      await sleep(200);
    }
  } finally {
    client.destroy();
  }
}
