import { readFile, writeFile } from "node:fs/promises";
import { Readable } from "node:stream";
import { doesNotExist } from "#core/errors.ts";
import { formatS3Uri, type ObjectAddress, type Objects } from "#stores/s3/objects.ts";

export interface MemoryObjects extends Objects {
  /** Keys of all buckets, in order. */
  keys(): string[];
  /** The object of this key, whichever bucket it is in, as text. */
  text(key: string): string;
}

/** Objects in memory, for tests of what is stored rather than of S3. */
export function memoryObjects(): MemoryObjects {
  const stored = new Map<string, { readonly address: ObjectAddress; readonly bytes: Uint8Array }>();
  const found = (address: ObjectAddress) => stored.get(formatS3Uri(address))?.bytes;
  const existing = (address: ObjectAddress) => {
    const bytes = found(address);
    if (!bytes) throw doesNotExist(`object ${formatS3Uri(address)} not found`);
    return bytes;
  };
  const put = (address: ObjectAddress, body: Uint8Array | string) =>
    void stored.set(formatS3Uri(address), { address, bytes: typeof body === "string" ? Buffer.from(body) : body });
  return {
    get: async (address, extent) => found(address)?.slice(extent?.start, extent?.end),
    open: async (address) => Readable.from([existing(address)]),
    put: async (address, body) => put(address, body),
    async putIfAbsent(address, body) {
      if (found(address)) return false;
      put(address, body);
      return true;
    },
    size: async (address) => found(address)?.byteLength,
    list: async (bucket, prefix) =>
      [...stored.values()]
        .filter(({ address }) => address.bucket === bucket && address.key.startsWith(prefix))
        .map(({ address, bytes }) => ({ key: address.key, bytes: bytes.byteLength, modifiedAt: 0 }))
        .toSorted((a, b) => (a.key < b.key ? -1 : 1)),
    async folders(bucket, prefix) {
      const inside = (await this.list(bucket, prefix)).map(({ key }) => key.slice(prefix.length).split("/"));
      return [...new Set(inside.filter(({ length }) => length > 1).map(([name = ""]) => name))];
    },
    remove: async (address) => void stored.delete(formatS3Uri(address)),
    copy: async (from, to) => put(to, existing(from)),
    download: async (address, file) => await writeFile(file, existing(address)),
    upload: async (file, address) => put(address, await readFile(file)),
    keys: () => [...stored.values()].map(({ address }) => address.key).toSorted(),
    text: (key) => Buffer.from([...stored.values()].find(({ address }) => address.key === key)?.bytes ?? []).toString("utf8"),
  };
}
