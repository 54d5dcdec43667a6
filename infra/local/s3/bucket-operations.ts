import { refusal } from "./errors.ts";
import { type Operation, xmlReply } from "./exchange.ts";
import { owner } from "./list-objects.ts";
import { parseXml, textOf } from "./parse-xml.ts";
import { readDocument } from "./payload.ts";
import { type XmlElement, xmlDocument } from "./xml.ts";

/** ListBuckets */
export const listBuckets: Operation = (store) =>
  xmlReply(
    xmlDocument("ListAllMyBucketsResult", [
      owner,
      [
        "Buckets",
        store.buckets.all().map(
          ({ name, createdAt }): XmlElement => [
            "Bucket",
            [
              ["Name", name],
              ["CreationDate", new Date(createdAt).toISOString()],
            ],
          ],
        ),
      ],
    ]),
  );

export const createBucket: Operation = async (store, request) => {
  const document = await readDocument(request.payload);
  if (document.trim() !== "") parseXml(document, "CreateBucketConfiguration");
  const objectLock = request.headers["x-amz-bucket-object-lock-enabled"]?.toLowerCase() === "true";
  await store.queue.commit(() => store.buckets.insert(request.bucket, store.now(), { versioned: objectLock, objectLock }));
  return { status: 200, headers: { location: `/${request.bucket}` } };
};

export const headBucket: Operation = (store, request) => {
  store.buckets.get(request.bucket);
  return { status: 200, headers: { "x-amz-bucket-region": store.region, "content-type": "application/xml" } };
};

export const deleteBucket: Operation = async (store, request) => {
  await store.queue.commit(() => {
    store.buckets.get(request.bucket);
    store.buckets.remove(request.bucket);
  });
  return { status: 204, headers: {} };
};

/** GetBucketLocation: us-east-1 is written as nothing. */
export const getLocation: Operation = (store, request) => {
  store.buckets.get(request.bucket);
  const text = store.region === "us-east-1" ? "" : store.region;
  return xmlReply(`<?xml version="1.0" encoding="UTF-8"?>\n<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${text}</LocationConstraint>`);
};

export const getVersioning: Operation = (store, request) => {
  const { versioning } = store.buckets.get(request.bucket);
  return xmlReply(xmlDocument("VersioningConfiguration", [["Status", versioning === "Unversioned" ? undefined : versioning]]));
};

export const putVersioning: Operation = async (store, request) => {
  const { objectLock } = store.buckets.get(request.bucket);
  const status = textOf(parseXml(await readDocument(request.payload), "VersioningConfiguration"), "Status");
  if (status !== "Enabled" && status !== "Suspended")
    throw refusal("MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema");
  if (objectLock && status === "Suspended")
    throw refusal("InvalidBucketState", "An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.");
  await store.queue.commit(() => store.buckets.setVersioning(request.bucket, status));
  return { status: 200, headers: {} };
};
