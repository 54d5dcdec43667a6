import { invalidArgument } from "./errors.ts";
import { type Operation, xmlReply } from "./exchange.ts";
import { httpDate, versionHeader } from "./object-headers.ts";
import { findVersion } from "./read-object.ts";
import type { Version } from "./version-rows.ts";
import { type XmlElement, xmlDocument } from "./xml.ts";

function partsElement({ attributes: { parts, checksum } }: Version): XmlElement {
  return [
    "ObjectParts",
    parts && [
      ["TotalPartsCount", parts.length],
      ...(checksum === undefined
        ? []
        : parts.map(
            (part): XmlElement => [
              "Part",
              [
                ["PartNumber", part.number],
                ["Size", part.size],
                [`Checksum${checksum.algorithm}`, part.checksum],
              ],
            ],
          )),
    ],
  ];
}

const fields: Readonly<Record<string, (version: Version) => XmlElement>> = {
  ETag: ({ etag }) => ["ETag", etag],
  Checksum: ({ attributes: { checksum } }) => [
    "Checksum",
    checksum && [
      [`Checksum${checksum.algorithm}`, checksum.value.replace(/-\d+$/, "")],
      ["ChecksumType", checksum.type],
    ],
  ],
  ObjectParts: partsElement,
  StorageClass: () => ["StorageClass", "STANDARD"],
  ObjectSize: ({ size }) => ["ObjectSize", size],
};

/** GetObjectAttributes: the facts that x-amz-object-attributes asks for, without the bytes. */
export const getAttributes: Operation = (store, request) => {
  const { versioning } = store.buckets.get(request.bucket);
  const version = findVersion(store, request.bucket, request.key, request.query.get("versionId") ?? undefined);
  const text = request.headers["x-amz-object-attributes"] ?? "";
  const asked = text.split(",").map((name) => name.trim());
  const elements = asked.map((name) => {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (field === undefined) throw invalidArgument("x-amz-object-attributes", text, "Invalid attribute name specified.");
    return field(version);
  });
  return xmlReply(xmlDocument("GetObjectAttributesResponse", elements), {
    "last-modified": httpDate(version.modifiedAt),
    ...versionHeader(version, versioning),
  });
};
