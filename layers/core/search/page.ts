import { invalid } from "#core/errors.ts";
import type { Cell } from "./match.ts";
import { compareRows, type SortRow } from "./sort.ts";

/** A column to sort by and how to read it. The last column of a search must be unique, so that a page can begin after a row. */
export interface Column<T> {
  readonly ascending: boolean;
  readonly read: (item: T) => Cell;
}
export interface Page<T> {
  readonly items: readonly T[];
  /** Opaque; absent on the last page. */
  readonly nextPageToken?: string;
}

type Written = string | number | null | readonly [string];
/** JSON has no word for a bigint, NaN or Infinity: those travel as text in a list. */
function write(cell: Cell): Written {
  if (cell === undefined) return null;
  if (typeof cell === "bigint" || (typeof cell === "number" && !Number.isFinite(cell))) return [String(cell)];
  return cell;
}
function read(written: unknown): Cell {
  if (written === null) return undefined;
  if (typeof written === "string" || typeof written === "number") return written;
  const [text] = Array.isArray(written) ? (written as unknown[]) : [];
  if (text === "NaN" || text === "Infinity" || text === "-Infinity") return Number(text);
  if (typeof text === "string" && /^-?\d{1,20}$/.test(text)) return BigInt(text);
  throw new TypeError("not a cell");
}

/** FNV-1a over UTF-16 units: tells one query from another, nothing more. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(36);
}

const toBase64Url = (text: string) =>
  btoa(String.fromCharCode(...new TextEncoder().encode(text)))
    .replaceAll("+", "-")
    .replaceAll("/", "_");
const fromBase64Url = (text: string) =>
  new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0)));

/** A token that resumes `query` after the row with these cells. */
export const pageToken = (query: unknown, row: SortRow): string => toBase64Url(JSON.stringify([fingerprint(JSON.stringify(query)), ...row.map(write)]));

/** The cells of the row that a token resumes after. @throws DomainError when it is no token, or one of another query */
export function rowOfToken(query: unknown, columns: number, token: string): SortRow {
  let parts: unknown;
  try {
    parts = JSON.parse(fromBase64Url(token));
  } catch {
    throw invalid(`page_token must be one that a search returned, got ${token.slice(0, 100)}`);
  }
  if (!Array.isArray(parts) || parts.length !== columns + 1) throw invalid(`page_token must be one that this search returned, got ${token.slice(0, 100)}`);
  if (parts[0] !== fingerprint(JSON.stringify(query))) throw invalid("page_token must come from the same filter and order_by, got one of another search");
  try {
    return parts.slice(1).map(read);
  } catch {
    throw invalid(`page_token must be one that this search returned, got ${token.slice(0, 100)}`);
  }
}

/** A page in bytes: Lambda's reply may have 6 MB, less what estimates miss. */
export const maxPageBytes = 4_500_000;

export interface PageRequest<T> {
  readonly maxResults: number;
  readonly pageToken?: string | undefined;
  /** About what an item adds to the reply; with it a page also ends before it outgrows what a reply may be. */
  readonly bytes?: (item: T) => number;
}

/** How many of these a page holds: at least one. */
function fitting<T>(items: readonly T[], { maxResults, bytes }: PageRequest<T>): number {
  if (!bytes) return maxResults;
  let size = 0;
  for (const [index, item] of items.slice(0, maxResults).entries()) {
    size += bytes(item);
    if (size > maxPageBytes && index > 0) return index;
  }
  return maxResults;
}

/**
 * Sorts items and cuts the page that a token asks for. Stable under inserts and removals: a page begins after a row, not at an offset.
 * @param query whatever identifies filter and order; a token of another query is refused
 */
export function pageOf<T>(items: readonly T[], columns: readonly Column<T>[], query: unknown, asked: PageRequest<T>): Page<T> {
  const compare = compareRows(columns.map(({ ascending }) => ascending));
  const token = asked.pageToken === undefined || asked.pageToken === "" ? undefined : asked.pageToken;
  const after = token === undefined ? undefined : rowOfToken(query, columns.length, token);
  const rows = items
    .map((item) => ({ item, row: columns.map((column) => column.read(item)) }))
    .filter(({ row }) => after === undefined || compare(row, after) > 0)
    .sort((a, b) => compare(a.row, b.row));
  const page = rows.slice(
    0,
    fitting(
      rows.map(({ item }) => item),
      asked,
    ),
  );
  const last = page.at(-1);
  return {
    items: page.map(({ item }) => item),
    ...(last !== undefined && rows.length > page.length && { nextPageToken: pageToken(query, last.row) }),
  };
}
