import type { DatabaseSync } from "node:sqlite";
import { afterPrefix, commonPrefixOf, type ScanStart, successorOfPrefix } from "./key-order.ts";
import { parseSummary, summaryColumns, type VersionSummary } from "./version-rows.ts";

export interface Scan {
  readonly bucket: string;
  readonly prefix: string;
  readonly delimiter: string;
  readonly start: ScanStart | "end";
  /** Keys and common prefixes together. */
  readonly limit: number;
  /** Every version and delete marker, newest first within a key, or only what a plain listing shows. */
  readonly versions: boolean;
  /** With `versions`: within the key of an inclusive start, only versions older than this one. */
  readonly olderThan?: number;
}
export type Entry = { readonly version: VersionSummary } | { readonly prefix: string };
export interface Page {
  readonly entries: readonly Entry[];
  /** Whether anything follows. */
  readonly truncated: boolean;
}

const sql = (versions: boolean, inclusive: boolean, bounded: boolean) =>
  `SELECT ${summaryColumns} FROM version WHERE bucket = ? AND key ${inclusive ? ">=" : ">"} ?${bounded ? " AND key < ?" : ""}${
    versions ? " ORDER BY key, seq DESC" : " AND latest = 1 AND marker = 0 ORDER BY key"
  }`;

/**
 * Reads one page of a bucket in UTF-8 byte order. Rows come one by one from the index, and a common prefix is left by one seek to its end,
 * so the cost follows the page, not the number of keys under its prefixes.
 */
export function scanKeys(database: DatabaseSync, scan: Scan): Page {
  const entries: Entry[] = [];
  const end = successorOfPrefix(scan.prefix);
  let start = scan.start;
  if (start !== "end" && start.from < scan.prefix) start = { from: scan.prefix, inclusive: true };
  const [at, above] = [true, false].map((inclusive) => database.prepare(sql(scan.versions, inclusive, end !== undefined)));
  const seen = (version: VersionSummary) =>
    scan.olderThan !== undefined && scan.start !== "end" && version.key === scan.start.from && version.seq >= scan.olderThan;
  while (start !== "end") {
    const rows = (start.inclusive ? at : above)?.iterate(scan.bucket, start.from, ...(end === undefined ? [] : [end])) ?? [];
    start = "end";
    for (const row of rows) {
      const version = parseSummary(row);
      if (seen(version)) continue;
      if (entries.length === scan.limit) return { entries, truncated: true };
      const prefix = commonPrefixOf(version.key, scan.prefix, scan.delimiter);
      if (prefix === undefined) entries.push({ version });
      else {
        entries.push({ prefix });
        start = afterPrefix(prefix);
        break;
      }
    }
  }
  return { entries, truncated: false };
}
