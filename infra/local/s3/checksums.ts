import { createHash } from "node:crypto";
import { crc32 as nativeCrc32 } from "node:zlib";
import { combineCrc, crc } from "./crc.ts";
import { refusal } from "./errors.ts";

/** The checksum algorithms of S3 ("Checking object integrity"), and the length of each value in bytes. */
const lengths = { CRC32: 4, CRC32C: 4, CRC64NVME: 8, SHA1: 20, SHA256: 32 } as const;
export type ChecksumAlgorithm = keyof typeof lengths;
export const checksumAlgorithms = Object.keys(lengths) as readonly ChecksumAlgorithm[];

/** FULL_OBJECT speaks of all bytes; COMPOSITE is the checksum of the parts' checksums, with `-<parts>` behind it. */
export type ChecksumType = "FULL_OBJECT" | "COMPOSITE";
export interface Checksum {
  readonly algorithm: ChecksumAlgorithm;
  /** Base64. */
  readonly value: string;
  readonly type: ChecksumType;
}

export interface RunningDigest {
  update(bytes: Uint8Array): void;
  digest(): Buffer;
}

/** A checksum to be fed with bytes in order. */
export function runningChecksum(algorithm: ChecksumAlgorithm): RunningDigest {
  if (algorithm === "CRC32") {
    let value = 0;
    return {
      update: (bytes) => {
        value = nativeCrc32(bytes, value);
      },
      digest: () => {
        const out = Buffer.alloc(4);
        out.writeUInt32BE(value >>> 0);
        return out;
      },
    };
  }
  if (algorithm === "CRC32C") return crc("crc32c");
  if (algorithm === "CRC64NVME") return crc("crc64nvme");
  const hash = createHash(algorithm === "SHA1" ? "sha1" : "sha256");
  return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest() };
}

export const checksumHeader = (algorithm: ChecksumAlgorithm) => `x-amz-checksum-${algorithm.toLowerCase()}`;

/** @throws S3Error InvalidRequest when the name is no algorithm of S3's */
export function parseAlgorithm(name: string): ChecksumAlgorithm {
  const found = checksumAlgorithms.find((algorithm) => algorithm === name.toUpperCase());
  if (found === undefined)
    throw refusal(
      "InvalidRequest",
      `Checksum algorithm provided is unsupported. Please try again with any of the valid types: [${checksumAlgorithms.join(", ")}]`,
    );
  return found;
}

/** A checksum value as sent: base64 of the right length. A composite one ends in `-<parts>`. */
export function parseChecksum(algorithm: ChecksumAlgorithm, value: string): string {
  const bytes = Buffer.from(value.replace(/-\d+$/, ""), "base64");
  if (bytes.length !== lengths[algorithm]) throw refusal("InvalidRequest", `Value for ${checksumHeader(algorithm)} header is invalid.`);
  return value;
}

/** The checksum that a request's headers give, if any. @throws S3Error when they give two, or one that cannot be */
export function givenChecksum(headers: Readonly<Record<string, string>>): { readonly algorithm: ChecksumAlgorithm; readonly value: string } | undefined {
  const given = checksumAlgorithms.flatMap((algorithm) => {
    const value = headers[checksumHeader(algorithm)];
    return value === undefined ? [] : [{ algorithm, value: parseChecksum(algorithm, value) }];
  });
  if (given.length > 1) throw refusal("InvalidRequest", "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
  return given[0];
}

/** The checksum of an object made of parts, from the parts' checksums. */
export function joinChecksums(algorithm: ChecksumAlgorithm, type: ChecksumType, parts: readonly { readonly value: string; readonly size: number }[]): string {
  const values = parts.map(({ value, size }) => ({ bytes: Buffer.from(value, "base64"), size }));
  if (type === "COMPOSITE") {
    const whole = runningChecksum(algorithm);
    for (const { bytes } of values) whole.update(bytes);
    return `${whole.digest().toString("base64")}-${parts.length}`;
  }
  const name = algorithm === "CRC32" ? "crc32" : algorithm === "CRC32C" ? "crc32c" : "crc64nvme";
  const [first, ...rest] = values;
  return rest
    .reduce<Buffer>((whole, { bytes, size }) => combineCrc(name, whole, bytes, size), first?.bytes ?? Buffer.alloc(lengths[algorithm]))
    .toString("base64");
}
