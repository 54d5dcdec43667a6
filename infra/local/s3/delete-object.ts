import { checkKey } from "./address.ts";
import { checkWrite } from "./conditions.ts";
import { refusal, S3Error } from "./errors.ts";
import { type Operation, type S3Request, type Store, xmlReply } from "./exchange.ts";
import { childrenOf, parseXml, requiredText, textOf } from "./parse-xml.ts";
import { readDocument } from "./payload.ts";
import { commit, removeVersion, writeMarker } from "./write-version.ts";
import { type XmlElement, xmlDocument } from "./xml.ts";

interface Deleted {
  /** The version that is gone, or the marker that was made. */
  readonly versionId: string | undefined;
  /** Whether that version is a delete marker. */
  readonly marker: boolean;
  readonly garbage: readonly string[];
}
type Target = Pick<S3Request, "bucket" | "key" | "headers">;

function addEvent(store: Store, target: Target, deletionType: "Permanently Deleted" | "Delete Marker Created", versionId: string | undefined): void {
  const { bucket, key } = target;
  const named = versionId === undefined ? {} : { versionId };
  store.events.add({ bucket, key, name: "Object Deleted", reason: "DeleteObject", deletionType, size: 0, etag: "", ...named, time: store.now() });
}

/** Deletes a version, or the key: with versioning the key gets a delete marker. What is not there is deleted already. */
function remove(store: Store, target: Target, versionId: string | undefined): Deleted {
  const { versioning } = store.buckets.get(target.bucket);
  const latest = store.versions.latest(target.bucket, target.key);
  if (target.headers["if-match"] !== undefined) checkWrite({ "if-match": target.headers["if-match"] }, target.key, latest);
  if (versionId === undefined && versioning !== "Unversioned") {
    const marker = writeMarker(store, target);
    addEvent(store, target, "Delete Marker Created", marker.versionId);
    return { versionId: marker.versionId, marker: true, garbage: marker.garbage };
  }
  const version = store.versions.find(target.bucket, target.key, versionId ?? "null");
  if (version === undefined) return { versionId, marker: false, garbage: [] };
  const garbage = removeVersion(store, target.bucket, version);
  addEvent(store, target, "Permanently Deleted", versionId);
  return { versionId, marker: version.marker, garbage };
}

export const deleteObject: Operation = async (store, request) => {
  const { versionId, marker } = await commit(store, () => remove(store, request, request.query.get("versionId") ?? undefined));
  return {
    status: 204,
    headers: { ...(versionId !== undefined && { "x-amz-version-id": versionId }), ...(marker && { "x-amz-delete-marker": "true" }) },
  };
};

function deletedElement(key: string, asked: string | undefined, { versionId, marker }: Deleted): XmlElement {
  return [
    "Deleted",
    [
      ["Key", key],
      ["VersionId", asked],
      ["DeleteMarker", marker ? true : undefined],
      ["DeleteMarkerVersionId", marker ? versionId : undefined],
    ],
  ];
}

/** DeleteObjects: up to 1,000 keys, each deleted or refused on its own. */
export const deleteObjects: Operation = async (store, request) => {
  store.buckets.get(request.bucket);
  const protectedBody = Object.keys(request.headers).some((name) => name === "content-md5" || name.startsWith("x-amz-checksum-") || name === "x-amz-trailer");
  if (!protectedBody) throw refusal("InvalidRequest", "Missing required header for this request: Content-MD5 OR x-amz-checksum-*");
  const root = parseXml(await readDocument(request.payload), "Delete");
  const objects = childrenOf(root, "Object").map((node) => ({
    key: requiredText(node, "Key"),
    versionId: textOf(node, "VersionId"),
    etag: textOf(node, "ETag"),
  }));
  if (objects.length === 0 || objects.length > 1000)
    throw refusal("MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema");
  const quiet = textOf(root, "Quiet") === "true";
  const results = await Promise.all(
    objects.map(async ({ key, versionId, etag }): Promise<XmlElement | undefined> => {
      try {
        const target = { bucket: request.bucket, key: checkKey(key), headers: etag === undefined ? {} : { "if-match": etag } };
        const deleted = await commit(store, () => remove(store, target, versionId));
        return quiet ? undefined : deletedElement(key, versionId, deleted);
      } catch (error) {
        if (!(error instanceof S3Error)) throw error;
        return [
          "Error",
          [
            ["Key", key],
            ["VersionId", versionId],
            ["Code", error.code],
            ["Message", error.message],
          ],
        ];
      }
    }),
  );
  return xmlReply(
    xmlDocument(
      "DeleteResult",
      results.filter((element) => element !== undefined),
    ),
  );
};
