import type { BytesAt } from "./bytes-at.ts";
import { type ArchiveEntry, type ArchiveListing, mostEntries } from "./entry.ts";

/** Sizes and signatures of PKWARE's APPNOTE 6.3.10, sections 4.3.12 to 4.3.16. */
const end = { signature: 0x06054b50, size: 22, mostComment: 0xffff } as const;
const end64 = { signature: 0x06064b50, size: 56, locator: 0x07064b50, locatorSize: 20 } as const;
const header = { signature: 0x02014b50, size: 46 } as const;
const mostDirectory = 16_000_000;
const full = 0xffff_ffff;

const view = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const broken = (why: string) => new Error(`not a zip archive: ${why}`);

interface Directory {
  readonly from: number;
  readonly size: number;
}

async function directoryOf(read: BytesAt, size: number): Promise<Directory> {
  const start = Math.max(0, size - end.size - end.mostComment);
  const tail = view(await read(start, size));
  let at = tail.byteLength - end.size;
  while (at >= 0 && !(tail.getUint32(at, true) === end.signature && at + end.size + tail.getUint16(at + 20, true) <= tail.byteLength)) at -= 1;
  if (at < 0) throw broken("it has no end record");
  const plain = { size: tail.getUint32(at + 12, true), from: tail.getUint32(at + 16, true) };
  const locator = at - end64.locatorSize;
  if (locator < 0 || tail.getUint32(locator, true) !== end64.locator) return plain;
  const place = Number(tail.getBigUint64(locator + 8, true));
  if (place + end64.size > size) throw broken("its zip64 record lies outside");
  const record = view(await read(place, place + end64.size));
  if (record.getUint32(0, true) !== end64.signature) throw broken("its zip64 record is none");
  return { size: Number(record.getBigUint64(40, true)), from: Number(record.getBigUint64(48, true)) };
}

/** Sizes of four bytes that say "full" stand in eight bytes in the extra field 1, in the order of the header. */
function sizesOf(record: DataView, at: number, extra: DataView): readonly [number, number] {
  const [packed, bytes] = [record.getUint32(at + 20, true), record.getUint32(at + 24, true)];
  for (let field = 0; field + 4 <= extra.byteLength; field += 4 + extra.getUint16(field + 2, true)) {
    if (extra.getUint16(field, true) !== 1) continue;
    const last = Math.min(extra.byteLength, field + 4 + extra.getUint16(field + 2, true));
    let next = field + 4;
    const long = (value: number) => {
      if (value !== full || next + 8 > last) return value;
      next += 8;
      return Number(extra.getBigUint64(next - 8, true));
    };
    const whole = long(bytes);
    return [long(packed), whole];
  }
  return [packed, bytes];
}

/** MS-DOS date and time, which know no zone. */
const momentOf = (date: number, time: number) => {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${1980 + (date >> 9)}-${two((date >> 5) & 15)}-${two(date & 31)} ${two(time >> 11)}:${two((time >> 5) & 63)}`;
};

/** What a zip archive holds, by its central directory: two or three ranges, whatever its size. @throws Error where it is none */
export async function listZip(read: BytesAt, size: number): Promise<ArchiveListing> {
  const directory = await directoryOf(read, size);
  if (directory.from + directory.size > size) throw broken("its directory lies outside");
  if (directory.size > mostDirectory) throw new Error(`the archive's directory has ${directory.size} bytes; at most ${mostDirectory} are read`);
  if (directory.size === 0) return { entries: [], cut: undefined };
  const bytes = await read(directory.from, directory.from + directory.size);
  const record = view(bytes);
  const entries: ArchiveEntry[] = [];
  let at = 0;
  while (at + header.size <= bytes.length && record.getUint32(at, true) === header.signature && entries.length < mostEntries) {
    const [name, extra, comment] = [28, 30, 32].map((field) => record.getUint16(at + field, true)) as [number, number, number];
    const from = at + header.size;
    const [packed, unpacked] = sizesOf(record, at, view(bytes.subarray(from + name, from + name + extra)));
    entries.push({
      name: new TextDecoder().decode(bytes.subarray(from, from + name)),
      bytes: unpacked,
      packed,
      modified: momentOf(record.getUint16(at + 14, true), record.getUint16(at + 12, true)),
    });
    at = from + name + extra + comment;
  }
  return { entries, cut: entries.length === mostEntries && at < bytes.length ? `the first ${mostEntries} entries are listed` : undefined };
}
