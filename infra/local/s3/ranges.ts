import { refusal } from "./errors.ts";

/** A run of bytes of an object; `end` is inclusive. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * The range that a Range header asks for (RFC 9110 section 14.2). Several ranges, or a unit other than bytes, are ignored, as S3 does.
 * @throws S3Error InvalidRange when it begins behind the last byte
 */
export function parseRange(header: string | undefined, size: number): ByteRange | undefined {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? "") ?? [];
  if (first === undefined || last === undefined || (first === "" && last === "")) return undefined;
  const unsatisfiable = () =>
    refusal(
      "InvalidRange",
      "The requested range is not satisfiable",
      { RangeRequested: header ?? "", ActualObjectSize: String(size) },
      { "content-range": `bytes */${size}` },
    );
  if (first === "") {
    const suffix = Number(last);
    if (suffix === 0 || size === 0) throw unsatisfiable();
    return { start: Math.max(0, size - suffix), end: size - 1 };
  }
  const start = Number(first);
  if (last !== "" && Number(last) < start) return undefined;
  if (start >= size) throw unsatisfiable();
  return { start, end: last === "" ? size - 1 : Math.min(Number(last), size - 1) };
}
