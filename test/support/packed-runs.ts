import { setTimeout as sleep } from "node:timers/promises";
import { ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { buckets } from "#infra/local/environment.ts";

interface Place {
  readonly objectsUrl: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/**
 * Waits until an experiment's runs are packed: lists of blocks have come, and for `quietMs` no other. A search must have asked for it.
 * @returns the names of the blocks and lists that are there
 */
export async function packedRuns({ objectsUrl, credentials }: Place, experimentId: string, quietMs: number): Promise<readonly string[]> {
  const client = new S3Client({ endpoint: objectsUrl, region: "us-east-1", forcePathStyle: true, credentials });
  const list = async (folder: string) => {
    const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: buckets.artifacts, Prefix: `${folder}/${experimentId}/` }));
    return Contents.map(({ Key = "" }) => Key);
  };
  let known = 0;
  let since = Date.now();
  while (known === 0 || Date.now() - since < quietMs) {
    const { length } = await list("manifests");
    if (length !== known) since = Date.now();
    known = length;
    await sleep(100);
  }
  const names = [...(await list("blocks")), ...(await list("manifests"))];
  client.destroy();
  return names;
}
