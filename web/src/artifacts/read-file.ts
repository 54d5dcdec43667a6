import { request } from "../client.ts";
import type { Piece } from "./text-lines.ts";

/** What passes through a function at once (its reply may have 6 MB, 4.5 as base64); larger ranges are asked for piece by piece. */
const pieceBytes = 4_000_000;

/** Reads bytes of a file. @param range as a Range header names it: `0-99`, or `-100` for the last hundred */
export async function readRange(file: string, range: string, signal?: AbortSignal): Promise<Piece> {
  const response = await request(file, { headers: { range: `bytes=${range}` }, ...(signal && { signal }) });
  const bytes = new Uint8Array(await response.arrayBuffer());
  const [, from, size] = /^bytes (\d+)-\d+\/(\d+)$/.exec(response.headers.get("content-range") ?? "") ?? [];
  if (from === undefined || size === undefined) return { bytes, from: 0, to: bytes.length, size: bytes.length };
  return { bytes, from: Number(from), to: Number(from) + bytes.length, size: Number(size) };
}

/** Reads the first `size` bytes of a file. @param told hears how many are there so far */
export async function readBytes(file: string, size: number, signal?: AbortSignal, told?: (bytes: number) => void): Promise<Uint8Array<ArrayBuffer>> {
  const all = new Uint8Array(size);
  for (let from = 0; from < size; from += pieceBytes) {
    const { bytes } = await readRange(file, `${from}-${Math.min(from + pieceBytes, size) - 1}`, signal);
    all.set(bytes.subarray(0, size - from), from);
    told?.(Math.min(from + bytes.length, size));
  }
  return all;
}

export const readText = async (file: string, size: number, signal?: AbortSignal): Promise<string> =>
  new TextDecoder().decode(await readBytes(file, size, signal));
