import { type ChecksumAlgorithm, type ChecksumType, parseAlgorithm } from "./checksums.ts";
import { invalidArgument, noSuchUpload, refusal } from "./errors.ts";
import { type Operation, type S3Request, type Store, xmlReply } from "./exchange.ts";
import { attributesOf, legalHoldOf } from "./object-headers.ts";
import type { Upload } from "./upload-rows.ts";
import { commit } from "./write-version.ts";
import { xmlDocument } from "./xml.ts";

/** The type of checksum that the finished object gets. CRC-64/NVME has only full-object ones, SHA only composite ones. */
function checksumType(algorithm: ChecksumAlgorithm | undefined, asked: string | undefined): ChecksumType | undefined {
  if (algorithm === undefined) {
    if (asked !== undefined) throw refusal("InvalidRequest", "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.");
    return undefined;
  }
  if (asked !== undefined && asked !== "COMPOSITE" && asked !== "FULL_OBJECT")
    throw invalidArgument("x-amz-checksum-type", asked, "Value for x-amz-checksum-type header is invalid.");
  const type = asked ?? (algorithm === "CRC64NVME" ? "FULL_OBJECT" : "COMPOSITE");
  const possible = algorithm === "CRC64NVME" ? type === "FULL_OBJECT" : type === "COMPOSITE" || !algorithm.startsWith("SHA");
  if (!possible) throw refusal("InvalidRequest", `The ${type} checksum type cannot be used with the ${algorithm.toLowerCase()} checksum algorithm.`);
  return type;
}

/** The upload that a request names. @throws S3Error NoSuchUpload */
export function findUpload(store: Store, { bucket, key, query }: Pick<S3Request, "bucket" | "key" | "query">): Upload {
  store.buckets.get(bucket);
  const id = query.get("uploadId") ?? "";
  const upload = store.uploads.find(bucket, key, id);
  if (upload === undefined) throw noSuchUpload(id);
  return upload;
}

export const createUpload: Operation = async (store, request) => {
  const { bucket, key, headers } = request;
  const { objectLock } = store.buckets.get(bucket);
  const named = headers["x-amz-checksum-algorithm"];
  const algorithm = named === undefined ? undefined : parseAlgorithm(named);
  const type = checksumType(algorithm, headers["x-amz-checksum-type"]);
  const legalHold = legalHoldOf(headers);
  if (legalHold && !objectLock) throw refusal("InvalidRequest", "Bucket is missing Object Lock Configuration");
  const upload = { bucket, key, id: store.newId(), initiatedAt: store.now(), algorithm, checksumType: type, legalHold, attributes: attributesOf(headers) };
  await store.queue.commit(() => store.uploads.insert(upload));
  return xmlReply(
    xmlDocument("InitiateMultipartUploadResult", [
      ["Bucket", bucket],
      ["Key", key],
      ["UploadId", upload.id],
    ]),
    algorithm === undefined || type === undefined ? {} : { "x-amz-checksum-algorithm": algorithm, "x-amz-checksum-type": type },
  );
};

/** Forgets an upload and its parts. To be called inside a transaction. @returns blobs that nothing names any more */
export function dropUpload(store: Store, upload: Upload): string[] {
  const parts = store.uploads.partsAfter(upload.id, 0, 10_000);
  store.uploads.remove(upload);
  return parts.flatMap(({ segments }) => store.uses.release(segments));
}

export const abortUpload: Operation = async (store, request) => {
  await commit(store, () => ({ garbage: dropUpload(store, findUpload(store, request)) }));
  return { status: 204, headers: {} };
};
