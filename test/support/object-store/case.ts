import { randomBytes } from "node:crypto";
import { CreateBucketCommand, PutBucketVersioningCommand, type S3Client, S3ServiceException } from "@aws-sdk/client-s3";

export interface CaseContext {
  readonly client: S3Client;
  /** A new bucket. */
  readonly bucket: (kind?: "versioned" | "locked") => Promise<string>;
}
export interface ConformanceCase {
  /** A sentence on what S3 does. */
  readonly name: string;
  readonly run: (context: CaseContext) => Promise<void>;
}

export const freshBuckets = (client: S3Client): Pick<CaseContext, "bucket"> => ({
  async bucket(kind) {
    const Bucket = `case-${randomBytes(8).toString("hex")}`;
    await client.send(new CreateBucketCommand({ Bucket, ...(kind === "locked" && { ObjectLockEnabledForBucket: true }) }));
    if (kind === "versioned") await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }));
    return Bucket;
  },
});

/** Status and code of the error that a call ends with. */
export async function refusal(call: Promise<unknown>): Promise<{ status: number | undefined; code: string }> {
  try {
    await call;
  } catch (error) {
    if (error instanceof S3ServiceException) return { status: error.$metadata.httpStatusCode, code: error.name };
    throw error;
  }
  throw new Error("the call was accepted");
}

/** Reads a body as text. */
export async function textOf(output: { readonly Body?: { transformToString(encoding?: string): Promise<string> } | undefined }): Promise<string> {
  return (await output.Body?.transformToString()) ?? "";
}
