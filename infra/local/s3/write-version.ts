import { checkWrite } from "./conditions.ts";
import { refusal } from "./errors.ts";
import type { S3Request, Store } from "./exchange.ts";
import type { NewVersion, Version } from "./version-rows.ts";

/** A version to be; the id follows from the bucket's versioning. */
export type Draft = Pick<NewVersion, "size" | "etag" | "legalHold" | "uploadId" | "attributes" | "segments">;
export type Written = Pick<NewVersion, "versionId" | "etag" | "modifiedAt"> & { readonly garbage: readonly string[] };
type Target = Pick<S3Request, "bucket" | "key" | "headers">;

/** Where versions have ids, each write gets one; otherwise there is a single version, "null", which writes replace. */
function makeRoom(store: Store, { bucket, key }: Target): { readonly versionId: string; readonly garbage: string[] } {
  if (store.buckets.get(bucket).versioning === "Enabled") return { versionId: store.newId(), garbage: [] };
  const replaced = store.versions.find(bucket, key, "null");
  return { versionId: "null", garbage: replaced === undefined ? [] : removeVersion(store, bucket, replaced) };
}

/** Takes a version away. @returns blobs that nothing names any more. @throws S3Error AccessDenied while it is under a legal hold */
export function removeVersion(store: Store, bucket: string, version: Version): string[] {
  if (version.legalHold) throw refusal("AccessDenied", "Access Denied because object protected by object lock.");
  store.versions.remove(bucket, version);
  return store.uses.release(version.segments);
}

export const plainAttributes = { headers: {}, metadata: {} };

/** Puts a delete marker on a key. To be called inside a transaction. */
export function writeMarker(store: Store, target: Target): Written {
  const { versionId, garbage } = makeRoom(store, target);
  const modifiedAt = store.now();
  store.versions.insert(target.bucket, {
    key: target.key,
    versionId,
    marker: true,
    size: 0,
    etag: "",
    modifiedAt,
    legalHold: false,
    uploadId: undefined,
    attributes: plainAttributes,
    segments: [],
  });
  return { versionId, etag: "", modifiedAt, garbage };
}

/** Makes a draft the latest version of a key, if the request's conditions hold. To be called inside a transaction. */
export function writeVersion(store: Store, target: Target, draft: Draft, reason: "PutObject" | "CopyObject" | "CompleteMultipartUpload"): Written {
  const bucket = store.buckets.get(target.bucket);
  checkWrite(target.headers, target.key, store.versions.latest(target.bucket, target.key));
  if (draft.legalHold && !bucket.objectLock) throw refusal("InvalidRequest", "Bucket is missing Object Lock Configuration");
  const { versionId, garbage } = makeRoom(store, target);
  const modifiedAt = store.now();
  store.versions.insert(target.bucket, { ...draft, key: target.key, versionId, marker: false, modifiedAt });
  store.uses.retain(draft.segments);
  store.events.add({
    bucket: target.bucket,
    key: target.key,
    name: "Object Created",
    reason,
    size: draft.size,
    etag: draft.etag,
    ...(bucket.versioning !== "Unversioned" && { versionId }),
    time: modifiedAt,
  });
  return { versionId, etag: draft.etag, modifiedAt, garbage };
}

/** Commits a change and then lets go of the blobs that it made garbage. */
export async function commit<T extends { readonly garbage: readonly string[] }>(store: Store, change: () => T): Promise<T> {
  const result = await store.queue.commit(change);
  store.events.wake();
  await store.blobs.discard(result.garbage);
  return result;
}
