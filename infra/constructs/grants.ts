import type { ITableV2 } from "aws-cdk-lib/aws-dynamodb";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { IKey } from "aws-cdk-lib/aws-kms";
import type { IBucket } from "aws-cdk-lib/aws-s3";
import type { Access } from "#contracts/function-spec.ts";

/** Exact actions instead of the L2 grants' wildcards: what a store may call is what it is allowed to call. */
const tableActions: Readonly<Record<Access, readonly string[]>> = {
  read: ["GetItem", "BatchGetItem", "Query"],
  readWrite: ["GetItem", "BatchGetItem", "Query", "PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "ConditionCheckItem"],
};
const objectActions: Readonly<Record<Access, readonly string[]>> = {
  read: ["GetObject"],
  readWrite: ["GetObject", "PutObject", "DeleteObject", "AbortMultipartUpload", "ListMultipartUploadParts"],
};
const keyActions: Readonly<Record<Access, readonly string[]>> = { read: ["Decrypt"], readWrite: ["Decrypt", "GenerateDataKey"] };

const named = (service: string, actions: readonly string[]) => actions.map((action) => `${service}:${action}`);

export const tableGrant = (table: ITableV2, access: Access) =>
  new PolicyStatement({ actions: named("dynamodb", tableActions[access]), resources: [table.tableArn] });

/**
 * Listing is of the whole bucket, also where objects are not: without it S3 answers that an object is forbidden where it is gone, and
 * what is gone is looked for elsewhere.
 */
export const bucketGrants = (bucket: IBucket, access: Access, folders: readonly string[] = [""]) => [
  new PolicyStatement({ actions: named("s3", objectActions[access]), resources: folders.map((folder) => bucket.arnForObjects(`${folder}*`)) }),
  new PolicyStatement({ actions: ["s3:ListBucket"], resources: [bucket.bucketArn] }),
];

export const keyGrant = (key: IKey, access: Access) => new PolicyStatement({ actions: named("kms", keyActions[access]), resources: [key.keyArn] });
