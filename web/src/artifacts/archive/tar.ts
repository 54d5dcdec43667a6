import type { Cursor } from "./cursor.ts";
import { type ArchiveEntry, type ArchiveListing, mostEntries } from "./entry.ts";

const block = 512;
const mostNameBytes = 65_536;
const text = (bytes: Uint8Array) => {
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
};
const padded = (size: number) => Math.ceil(size / block) * block;

/** A number in octal digits, or, where the first bit is set, in base 256 (GNU). */
function numberOf(bytes: Uint8Array): number {
  if (((bytes[0] ?? 0) & 0x80) === 0) return Number.parseInt(text(bytes).trim() || "0", 8);
  return bytes.slice(1).reduce((sum, byte) => sum * 256 + byte, 0);
}

/** The sum of a header's bytes, with blanks in place of the sum itself: what tells a tar archive from other bytes. */
function isHeader(header: Uint8Array): boolean {
  const sum = header.reduce((all, byte, at) => all + (at >= 148 && at < 156 ? 32 : byte), 0);
  return header.length === block && sum === numberOf(header.subarray(148, 156));
}

/** `21 path=long/name\n` and others (POSIX pax). */
function paxOf(bytes: Uint8Array): ReadonlyMap<string, string> {
  const fields = new TextDecoder().decode(bytes).split("\n");
  return new Map(
    fields.flatMap((field): [string, string][] => {
      const [, key, value] = /^\d+ ([^=]+)=(.*)$/.exec(field) ?? [];
      return key !== undefined && value !== undefined ? [[key, value]] : [];
    }),
  );
}

/** What a tar archive holds (POSIX ustar and pax, GNU's long names). @throws Error where it is none */
export async function listTar(cursor: Cursor): Promise<ArchiveListing> {
  const entries: ArchiveEntry[] = [];
  let given: ReadonlyMap<string, string> = new Map();
  let isEnd = false;
  while (entries.length < mostEntries) {
    const header = await cursor.take(block);
    isEnd = header.length === block && header.every((byte) => byte === 0);
    if (header.length < block || isEnd) break;
    if (!isHeader(header))
      throw new Error(
        entries.length === 0 ? "not a tar archive: its first header has a wrong sum" : `the header after ${entries.at(-1)?.name} has a wrong sum`,
      );
    const type = String.fromCharCode(header[156] ?? 0);
    const size = Number(given.get("size") ?? numberOf(header.subarray(124, 136)));
    if (!Number.isSafeInteger(size) || size < 0) throw new Error("an entry's size is no number");
    if (type === "x" || type === "L") {
      if (size > mostNameBytes) throw new Error(`a name has ${size} bytes; at most ${mostNameBytes} are read`);
      const content = (await cursor.take(padded(size))).subarray(0, size);
      given = type === "x" ? paxOf(content) : new Map([...given, ["path", text(content)]]);
      continue;
    }
    const prefix = text(header.subarray(257, 262)) === "ustar" && header[262] === 0 ? text(header.subarray(345, 500)) : "";
    const short = `${prefix === "" ? "" : `${prefix}/`}${text(header.subarray(0, 100))}`;
    const seconds = numberOf(header.subarray(136, 148));
    const modified = seconds < 8e12 ? new Date(seconds * 1000).toISOString().slice(0, 16).replace("T", " ") : "";
    if (type !== "g") entries.push({ name: given.get("path") ?? short, bytes: size, packed: undefined, modified });
    given = new Map();
    await cursor.skip(padded(size));
  }
  return { entries, cut: isEnd ? undefined : `the first ${entries.length} entries are listed` };
}
