import { createBucket, deleteBucket, getLocation, getVersioning, headBucket, listBuckets, putVersioning } from "./bucket-operations.ts";
import { copyObject } from "./copy-object.ts";
import { deleteCors, getCors, putCors } from "./cors-operations.ts";
import { deleteObject, deleteObjects } from "./delete-object.ts";
import { refusal } from "./errors.ts";
import type { Operation } from "./exchange.ts";
import { listObjects } from "./list-objects.ts";
import { listParts, listUploads } from "./list-uploads.ts";
import { listObjectVersions } from "./list-versions.ts";
import { getAttributes } from "./object-attributes.ts";
import { getLegalHold, getLockConfiguration, putLegalHold, putLockConfiguration } from "./object-lock.ts";
import { putObject } from "./put-object.ts";
import { getObject, headObject } from "./read-object.ts";
import { completeUpload } from "./upload-complete.ts";
import { uploadPart, uploadPartCopy } from "./upload-part.ts";
import { abortUpload, createUpload } from "./upload-start.ts";

type Table = Readonly<Record<string, Operation>>;

/** Operations by method, and by the query parameter that names the subresource where there is one. */
const onService: Table = { GET: listBuckets };
const onBucket: Table = {
  GET: listObjects,
  PUT: createBucket,
  HEAD: headBucket,
  DELETE: deleteBucket,
  "GET location": getLocation,
  "GET versioning": getVersioning,
  "PUT versioning": putVersioning,
  "GET versions": listObjectVersions,
  "GET uploads": listUploads,
  "POST delete": deleteObjects,
  "GET cors": getCors,
  "PUT cors": putCors,
  "DELETE cors": deleteCors,
  "GET object-lock": getLockConfiguration,
  "PUT object-lock": putLockConfiguration,
};
const onObject: Table = {
  GET: getObject,
  HEAD: headObject,
  PUT: putObject,
  DELETE: deleteObject,
  "PUT copy": copyObject,
  "GET attributes": getAttributes,
  "GET legal-hold": getLegalHold,
  "PUT legal-hold": putLegalHold,
  "POST uploads": createUpload,
  "PUT uploadId": uploadPart,
  "PUT uploadId copy": uploadPartCopy,
  "POST uploadId": completeUpload,
  "DELETE uploadId": abortUpload,
  "GET uploadId": listParts,
};

/** Query parameters that turn a request into one on something else than the object or bucket itself. */
const subresources = [
  ...["uploadId", "uploads", "versions", "versioning", "location", "delete", "cors", "object-lock", "legal-hold", "attributes"],
  ...["acl", "tagging", "policy", "policyStatus", "lifecycle", "encryption", "logging", "notification", "replication", "website", "retention", "torrent"],
  ...[
    "restore",
    "select",
    "requestPayment",
    "accelerate",
    "analytics",
    "inventory",
    "metrics",
    "intelligent-tiering",
    "ownershipControls",
    "publicAccessBlock",
  ],
  ...["append", "renameObject"],
];

/** The operation that a request asks for. @throws S3Error NotImplemented for what S3 has and this server has not, MethodNotAllowed for what S3 has not either */
export function operationOf(method: string, bucket: string | undefined, key: string | undefined, query: URLSearchParams, isCopy: boolean): Operation {
  const table = bucket === undefined ? onService : key === undefined ? onBucket : onObject;
  const subresource = subresources.find((name) => query.has(name));
  const name = [method, subresource, isCopy && method === "PUT" ? "copy" : undefined].filter((part) => part !== undefined).join(" ");
  const found = Object.hasOwn(table, name) ? table[name] : undefined;
  if (found !== undefined) return found;
  if (subresource !== undefined)
    throw refusal("NotImplemented", "A header or query you provided implies functionality that is not implemented", { ResourceType: subresource });
  throw refusal("MethodNotAllowed", "The specified method is not allowed against this resource.", { Method: method });
}
