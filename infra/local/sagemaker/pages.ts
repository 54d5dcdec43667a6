import * as z from "zod";
import { refused } from "./refusals.ts";

const time = z.number().optional();

/** What the List operations have in common. */
export const ListQuery = z.object({
  NextToken: z.string().max(8192).optional(),
  MaxResults: z.int().min(1).max(100).default(10),
  NameContains: z
    .string()
    .max(63)
    .regex(/^[a-zA-Z0-9-]+$/)
    .optional(),
  SortBy: z.enum(["Name", "CreationTime", "Status"]).default("CreationTime"),
  SortOrder: z.enum(["Ascending", "Descending"]).optional(),
  StatusEquals: z.string().optional(),
  CreationTimeBefore: time,
  CreationTimeAfter: time,
  LastModifiedTimeBefore: time,
  LastModifiedTimeAfter: time,
});
export type ListQuery = z.output<typeof ListQuery>;

/** What lists are filtered and ordered by; times are epoch milliseconds. */
export interface Listed {
  readonly name: string;
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly status?: string;
}

/** A page begins behind the entry that the one before ended with: changes in between neither repeat nor skip another. */
const Cursor = z.tuple([z.union([z.string(), z.number()]), z.string()]);
type Cursor = z.output<typeof Cursor>;
const writeCursor = (cursor: Cursor) => Buffer.from(JSON.stringify(cursor)).toString("base64url");
function readCursor(token: string): Cursor {
  try {
    return Cursor.parse(JSON.parse(Buffer.from(token, "base64url").toString("utf8")));
  } catch {
    throw refused("NextToken must be the one of the page before");
  }
}

const compare = (a: string | number, b: string | number) => (a < b ? -1 : a > b ? 1 : 0);
const within = (milliseconds: number, after = Number.NEGATIVE_INFINITY, before = Number.POSITIVE_INFINITY) =>
  milliseconds / 1000 > after && milliseconds / 1000 < before;

/** One page of the entries that match. @param order where the query names none */
export function pageOf<T extends Listed>(
  all: readonly T[],
  query: ListQuery,
  order: "Ascending" | "Descending",
): { readonly page: T[]; readonly next: { readonly NextToken?: string } } {
  const sign = (query.SortOrder ?? order) === "Ascending" ? 1 : -1;
  const cursorOf = ({ name, createdAt, status = "" }: T): Cursor => [query.SortBy === "Name" ? name : query.SortBy === "Status" ? status : createdAt, name];
  const byCursor = ([a, x]: Cursor, [b, y]: Cursor) => sign * (compare(a, b) || compare(x, y));
  const after = query.NextToken === undefined ? undefined : readCursor(query.NextToken);
  const matching = all
    .filter(({ name, status }) => name.includes(query.NameContains ?? "") && (query.StatusEquals ?? status) === status)
    .filter(({ createdAt }) => within(createdAt, query.CreationTimeAfter, query.CreationTimeBefore))
    .filter(({ modifiedAt }) => within(modifiedAt, query.LastModifiedTimeAfter, query.LastModifiedTimeBefore))
    .filter((entry) => after === undefined || byCursor(cursorOf(entry), after) > 0)
    .toSorted((a, b) => byCursor(cursorOf(a), cursorOf(b)));
  const page = matching.slice(0, query.MaxResults);
  const last = page.at(-1);
  return { page, next: last && matching.length > page.length ? { NextToken: writeCursor(cursorOf(last)) } : {} };
}
