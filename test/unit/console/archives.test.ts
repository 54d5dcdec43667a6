import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { BytesAt } from "../../../web/src/artifacts/archive/bytes-at.ts";
import { rangeCursor, streamCursor } from "../../../web/src/artifacts/archive/cursor.ts";
import { listTar } from "../../../web/src/artifacts/archive/tar.ts";
import { listZip } from "../../../web/src/artifacts/archive/zip.ts";
import { readHeader } from "../../../web/src/artifacts/safetensors.ts";

/** Written by CPython's zipfile and tarfile. */
const archive = (name: string) => readFileSync(new URL(`../../support/data/archives/${name}`, import.meta.url));

function counted(bytes: Uint8Array) {
  const ranges: number[] = [];
  const read: BytesAt = async (from, to) => {
    ranges.push(to - from);
    if (from < 0 || to > bytes.length) throw new Error("the file ends early");
    return await Promise.resolve(bytes.slice(from, to));
  };
  return { read, ranges };
}

/** The same archive as one of zip64 says where its directory is: the plain record says "full". */
function asZip64(zip: Uint8Array): Uint8Array {
  const end = zip.length - 22 - 37;
  const old = new DataView(zip.buffer, zip.byteOffset + end, 22);
  const added = new DataView(new ArrayBuffer(56 + 20));
  added.setUint32(0, 0x06064b50, true);
  added.setBigUint64(40, BigInt(old.getUint32(12, true)), true);
  added.setBigUint64(48, BigInt(old.getUint32(16, true)), true);
  added.setUint32(56, 0x07064b50, true);
  added.setBigUint64(64, BigInt(end), true);
  const record = zip.slice(end);
  record.fill(0xff, 12, 20);
  return Buffer.concat([zip.subarray(0, end), new Uint8Array(added.buffer), record]);
}

describe("a zip archive", () => {
  it("is listed by its directory with two ranges, whatever its comment looks like", async () => {
    const bytes = archive("plain.zip");
    const { read, ranges } = counted(bytes);

    expect(await listZip(read, bytes.length)).toEqual({
      entries: [
        { name: "data/weights.txt", bytes: 3000, packed: expect.any(Number), modified: "2026-03-04 05:06" },
        { name: "ümlaut.txt", bytes: 2, packed: 4, modified: "2026-03-04 05:06" },
        { name: "../../etc/passwd", bytes: 8, packed: 10, modified: "2026-03-04 05:06" },
      ],
      cut: undefined,
    });
    expect(ranges).toHaveLength(2);
  });

  it("is found where only zip64 says", async () => {
    const bytes = asZip64(archive("plain.zip"));

    expect((await listZip(counted(bytes).read, bytes.length)).entries).toHaveLength(3);
  });

  it("says what is wrong where it is cut, lies about a place, or is none", async () => {
    const bytes = archive("plain.zip");
    const lying = Uint8Array.from(bytes);
    lying.fill(0xee, bytes.length - 59 + 16, bytes.length - 59 + 20);

    await expect(listZip(counted(bytes.subarray(0, 200)).read, 200)).rejects.toThrow("no end record");
    await expect(listZip(counted(lying).read, lying.length)).rejects.toThrow("lies outside");
    await expect(listZip(counted(new Uint8Array(30)).read, 30)).rejects.toThrow("not a zip archive");
  });
});

describe("a tar archive", () => {
  it.each([
    ["pax", `long/${"d".repeat(90)}/${"f".repeat(60)}.txt`],
    ["gnu", `long/${"d".repeat(90)}/${"f".repeat(60)}.txt`],
    ["ustar", `${"p".repeat(100)}/${"f".repeat(60)}.txt`],
  ])("of %s is listed with its long names, packed or by ranges", async (kind, long) => {
    const packed = archive(`${kind}.tar.gz`);
    const plain = gunzipSync(packed);
    const expected = {
      entries: [
        { name: "a.txt", bytes: 3, packed: undefined, modified: "2026-03-04 05:06" },
        { name: long, bytes: 1000, packed: undefined, modified: "2026-03-04 05:06" },
        { name: "last.bin", bytes: 513, packed: undefined, modified: "2026-03-04 05:06" },
      ],
      cut: undefined,
    };

    expect(await listTar(rangeCursor(counted(plain).read, plain.length, 10))).toEqual(expected);
    expect(await listTar(streamCursor(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip")), 1e6))).toEqual(expected);
  });

  it("is not read where it is skipped, and is cut short after so many ranges or bytes", async () => {
    const header = gunzipSync(archive("ustar.tar.gz")).subarray(0, 512);
    header.fill(0, 124, 136);
    header.write("00004000000\0", 124);
    header.write("        ", 148);
    header.write(
      `${header
        .reduce((sum, byte) => sum + byte, 0)
        .toString(8)
        .padStart(6, "0")}\0 `,
      148,
    );
    const large = Buffer.concat([header, Buffer.alloc(1 << 20), header, Buffer.alloc(1 << 20), Buffer.alloc(1024)]);
    const { read, ranges } = counted(large);
    const pieces = Array.from({ length: 40 }, (_, index) => new Uint8Array(large.subarray(index * 60_000, (index + 1) * 60_000)));

    expect(await listTar(rangeCursor(read, large.length, 10))).toMatchObject({ entries: [{ bytes: 1 << 20 }, { bytes: 1 << 20 }], cut: undefined });
    expect(ranges.reduce((sum, size) => sum + size, 0)).toBeLessThan(200_000);
    expect(await listTar(rangeCursor(counted(large).read, large.length, 1))).toMatchObject({ entries: [{}], cut: "the first 1 entries are listed" });
    expect(await listTar(streamCursor(ReadableStream.from(pieces), 600_000))).toMatchObject({ entries: [{}], cut: "the first 1 entries are listed" });
  });

  it("says so where it is none", async () => {
    await expect(listTar(rangeCursor(counted(Buffer.alloc(2048, 7)).read, 2048, 9))).rejects.toThrow("not a tar archive");
  });
});

const safetensors = (header: string, length = BigInt(Buffer.byteLength(header))) => {
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(length);
  return Buffer.concat([size, Buffer.from(header), Buffer.alloc(16)]);
};

describe("a safetensors file", () => {
  it("is known by its header alone", async () => {
    const bytes = safetensors(JSON.stringify({ __metadata__: { format: "pt" }, "layer.weight": { dtype: "F32", shape: [2, 2], data_offsets: [0, 16] } }));
    const { read, ranges } = counted(bytes);

    expect(await readHeader(read, bytes.length)).toEqual({
      tensors: [{ name: "layer.weight", dtype: "F32", shape: [2, 2], bytes: 16 }],
      metadata: [["format", "pt"]],
    });
    expect(ranges).toEqual([8, bytes.length - 24]);
  });

  it("says what is wrong with it rather than read what it claims", async () => {
    const read = (bytes: Uint8Array) => readHeader(counted(bytes).read, bytes.length);

    await expect(read(safetensors("{}", 2n ** 60n))).rejects.toThrow("would have");
    await expect(read(safetensors(`{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}`))).rejects.toThrow("tensor a must have");
    await expect(read(safetensors("[1]"))).rejects.toThrow("must be an object");
    await expect(read(Buffer.alloc(3))).rejects.toThrow("at least 8 bytes");
  });
});
