import { deflateRawSync, inflateRawSync, zstdCompressSync, zstdDecompressSync } from "node:zlib";

type Method = "stored" | "deflate" | "zstd";
const methods: readonly Method[] = ["stored", "deflate", "zstd"];
const pack: Readonly<Record<Method, (bytes: Buffer) => Buffer>> = {
  stored: (bytes) => bytes,
  deflate: (bytes) => deflateRawSync(bytes, { level: 1 }),
  zstd: (bytes) => zstdCompressSync(bytes),
};
const unpack: Readonly<Record<Method, (bytes: Buffer) => Buffer>> = { stored: (bytes) => bytes, deflate: inflateRawSync, zstd: zstdDecompressSync };

/** The first byte says how the rest is compressed; what would grow is stored as it is. */
export function compress(bytes: Buffer, method: Exclude<Method, "stored">): Buffer {
  const packed = pack[method](bytes);
  const [used, rest] = packed.length < bytes.length ? [method, packed] : (["stored", bytes] as const);
  return Buffer.concat([Buffer.from([methods.indexOf(used)]), rest]);
}

export function decompress(bytes: Buffer): Buffer {
  const method = methods[bytes.readUInt8(0)];
  if (method === undefined) throw new RangeError(`unknown compression ${bytes.readUInt8(0)}`);
  return unpack[method](bytes.subarray(1));
}
