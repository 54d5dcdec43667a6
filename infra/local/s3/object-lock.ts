import { refusal } from "./errors.ts";
import { type Operation, xmlReply } from "./exchange.ts";
import { parseXml, textOf } from "./parse-xml.ts";
import { readDocument } from "./payload.ts";
import { findVersion } from "./read-object.ts";
import { xmlDocument } from "./xml.ts";

const noLock = () => refusal("InvalidRequest", "Bucket is missing Object Lock Configuration");

/** GetObjectLegalHold */
export const getLegalHold: Operation = (store, request) => {
  if (!store.buckets.get(request.bucket).objectLock) throw noLock();
  const version = findVersion(store, request.bucket, request.key, request.query.get("versionId") ?? undefined);
  return xmlReply(xmlDocument("LegalHold", [["Status", version.legalHold ? "ON" : "OFF"]]));
};

/** PutObjectLegalHold: while it is ON the version cannot be deleted; a delete marker may still cover it. */
export const putLegalHold: Operation = async (store, request) => {
  if (!store.buckets.get(request.bucket).objectLock) throw noLock();
  const status = textOf(parseXml(await readDocument(request.payload), "LegalHold"), "Status");
  if (status !== "ON" && status !== "OFF")
    throw refusal("MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema");
  await store.queue.commit(() =>
    store.versions.setLegalHold(findVersion(store, request.bucket, request.key, request.query.get("versionId") ?? undefined), status === "ON"),
  );
  return { status: 200, headers: {} };
};

export const getLockConfiguration: Operation = (store, request) => {
  if (!store.buckets.get(request.bucket).objectLock)
    throw refusal("ObjectLockConfigurationNotFoundError", "Object Lock configuration does not exist for this bucket", { BucketName: request.bucket });
  return xmlReply(xmlDocument("ObjectLockConfiguration", [["ObjectLockEnabled", "Enabled"]]));
};

/** PutObjectLockConfiguration, to allow legal holds in a bucket that has versioning. Default retention is not kept, so a rule is refused. */
export const putLockConfiguration: Operation = async (store, request) => {
  const { versioning } = store.buckets.get(request.bucket);
  const root = parseXml(await readDocument(request.payload), "ObjectLockConfiguration");
  if (root.children.some(({ name }) => name === "Rule")) throw refusal("NotImplemented", "Default retention is not implemented");
  if (textOf(root, "ObjectLockEnabled") !== "Enabled")
    throw refusal("MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema");
  if (versioning !== "Enabled") throw refusal("InvalidBucketState", "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration");
  await store.queue.commit(() => store.buckets.allowLegalHold(request.bucket));
  return { status: 200, headers: {} };
};
