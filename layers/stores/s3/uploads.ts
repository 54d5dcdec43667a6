import { PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { uploadKey } from "./datasets.ts";
import { formatS3Uri, type Objects } from "./objects.ts";

const hour = 3600;

/** Sources of datasets on their way in. A file of the same name is replaced: what matters is what is made of it. */
export interface Uploads {
  /** @param now epoch milliseconds, for `expiresAt` */
  presign(dataset: string, fileName: string, now: number): Promise<{ uploadUrl: string; sourceUri: string; expiresAt: string }>;
  put(dataset: string, fileName: string, body: Uint8Array): Promise<{ sourceUri: string; bytes: number }>;
}

export const uploads = (client: S3Client, objects: Objects, bucket: string): Uploads => ({
  async presign(dataset, fileName, now) {
    const key = uploadKey(dataset, fileName);
    const uploadUrl = await getSignedUrl(client, new PutObjectCommand({ Bucket: bucket, Key: key }), { expiresIn: hour });
    return { uploadUrl, sourceUri: formatS3Uri({ bucket, key }), expiresAt: new Date(now + hour * 1000).toISOString() };
  },
  async put(dataset, fileName, body) {
    const address = { bucket, key: uploadKey(dataset, fileName) };
    await objects.put(address, body);
    return { sourceUri: formatS3Uri(address), bytes: body.byteLength };
  },
});
