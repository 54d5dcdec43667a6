import { invalid } from "../../errors.ts";

/** A file of an archive or folder. */
export interface CodeFile {
  /** From the archive's root, with slashes. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/*
 * POSIX.1-1988 tar (ustar): headers of 512 bytes, each followed by the file in blocks of 512, two empty blocks at the end.
 * Longer names are read as GNU tar ('L') and POSIX.1-2001 ('x', path=) write them.
 */
const block = 512;
const encoder = new TextEncoder();
const decoder = new TextDecoder();
const padded = (size: number) => Math.ceil(size / block) * block;

function header(path: string, size: number): Uint8Array {
  const bytes = new Uint8Array(block);
  const name = encoder.encode(path);
  const split = name.length <= 100 ? 0 : path.lastIndexOf("/", 155);
  const put = (text: string, at: number, length: number) => bytes.set(encoder.encode(text).subarray(0, length), at);
  const prefix = path.slice(0, Math.max(split, 0));
  const base = split > 0 ? path.slice(split + 1) : path;
  if (encoder.encode(base).length > 100 || encoder.encode(prefix).length > 155 || (name.length > 100 && split <= 0))
    throw invalid(`code must have paths of at most 100 bytes in a folder of at most 155, got ${path.slice(0, 300)}`);
  put(base, 0, 100);
  put("0000755\0", 100, 8);
  put("0000000\0", 108, 8);
  put("0000000\0", 116, 8);
  put(`${size.toString(8).padStart(11, "0")}\0`, 124, 12);
  put("00000000000\0", 136, 12);
  put("        ", 148, 8);
  put("0", 156, 1);
  put("ustar\u000000", 257, 8);
  put(prefix, 345, 155);
  put(
    `${bytes
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, "0")}\0 `,
    148,
    8,
  );
  return bytes;
}

/** An archive whose bytes depend on nothing but names and contents. */
export function packTar(files: readonly CodeFile[]): Uint8Array {
  const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const packed = new Uint8Array(sorted.reduce((sum, { bytes }) => sum + block + padded(bytes.length), 2 * block));
  let at = 0;
  for (const { path, bytes } of sorted) {
    packed.set(header(path, bytes.length), at);
    packed.set(bytes, at + block);
    at += block + padded(bytes.length);
  }
  return packed;
}

const textIn = (bytes: Uint8Array) => decoder.decode(bytes.subarray(0, bytes.includes(0) ? bytes.indexOf(0) : bytes.length));
const paxPath = (text: string) => /(?:^|\n)\d+ path=([^\n]*)\n/.exec(text)?.[1];
const plain = (path: string) =>
  path
    .split("/")
    .filter((part) => part !== "" && part !== ".")
    .join("/");

/** The files of an archive. @throws DomainError when it is none, or holds links or paths that lead out of it */
export function unpackTar(archive: Uint8Array): CodeFile[] {
  const files: CodeFile[] = [];
  let longName: string | undefined;
  for (let at = 0; at + block <= archive.length && archive[at] !== 0; ) {
    const head = archive.subarray(at, at + block);
    const size = Number.parseInt(textIn(head.subarray(124, 136)).trim() || "0", 8);
    const body = archive.subarray(at + block, at + block + size);
    if (textIn(head.subarray(257, 262)) !== "ustar" || Number.isNaN(size) || body.length < size)
      throw invalid("code archive must be a tar file, compressed by gzip");
    const kind = String.fromCharCode(head[156] ?? 0);
    const prefix = textIn(head.subarray(345, 500)).trimEnd();
    const path = plain(longName ?? `${prefix === "" || head[263] === 32 ? "" : `${prefix}/`}${textIn(head.subarray(0, 100))}`);
    longName = kind === "L" ? textIn(body) : kind === "x" ? paxPath(decoder.decode(body)) : undefined;
    if (kind === "1" || kind === "2") throw invalid(`code archive must hold files and folders only, got the link ${path}`);
    if (path.split("/").includes("..")) throw invalid(`code archive must not lead out of its folder, got ${path}`);
    if (kind === "0" || kind === "\0") files.push({ path, bytes: body });
    at += block + padded(size);
  }
  return files;
}
