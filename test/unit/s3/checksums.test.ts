import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ChecksumAlgorithm, joinChecksums, parseChecksum, runningChecksum } from "#infra/local/s3/checksums.ts";

function checksum(algorithm: ChecksumAlgorithm, ...pieces: Uint8Array[]): string {
  const running = runningChecksum(algorithm);
  for (const piece of pieces) running.update(piece);
  return running.digest().toString("base64");
}

describe("checksums", () => {
  /** The check values of the CRC catalogue for the text 123456789; the SHA ones are FIPS 180. */
  it.each([
    ["CRC32", "cbf43926"],
    ["CRC32C", "e3069283"],
    ["CRC64NVME", "ae8b14860a799888"],
    ["SHA1", "f7c3bc1d808e04732adf679965ccc34ca7ae3441"],
    ["SHA256", "15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225"],
  ] as const)("of %s have the published value", (algorithm, hex) => {
    expect(Buffer.from(checksum(algorithm, Buffer.from("123456789")), "base64").toString("hex")).toBe(hex);
  });
  it.each(["CRC32", "CRC32C", "CRC64NVME"] as const)("of %s do not depend on how the bytes arrive, and of parts join to that of the whole", (algorithm) => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { minLength: 1, maxLength: 6 }), (pieces) => {
        const whole = checksum(algorithm, Buffer.concat(pieces));
        const parts = pieces.map((piece) => ({ value: checksum(algorithm, piece), size: piece.length }));

        expect(checksum(algorithm, ...pieces)).toBe(whole);
        expect(joinChecksums(algorithm, "FULL_OBJECT", parts)).toBe(whole);
      }),
    );
  });
  it("of parts, composite, are the checksum of the checksums and their count", () => {
    const parts = ["a", "b"].map((text) => ({ value: checksum("SHA256", Buffer.from(text)), size: 1 }));

    const joined = joinChecksums("SHA256", "COMPOSITE", parts);

    expect(joined).toBe(`${checksum("SHA256", Buffer.concat(parts.map(({ value }) => Buffer.from(value, "base64"))))}-2`);
  });
  it("of the wrong length are refused", () => {
    expect(() => parseChecksum("CRC32", "AAAA")).toThrow("Value for x-amz-checksum-crc32 header is invalid.");
  });
});
