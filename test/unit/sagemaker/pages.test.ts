import { describe, expect, it } from "vitest";
import { ListQuery, pageOf } from "#infra/local/sagemaker/pages.ts";

const entries = [
  { name: "b", createdAt: 1_000, modifiedAt: 5_000, status: "Failed" },
  { name: "a", createdAt: 2_000, modifiedAt: 2_000, status: "Completed" },
  { name: "c", createdAt: 2_000, modifiedAt: 3_000, status: "Completed" },
  { name: "long-d", createdAt: 3_000, modifiedAt: 3_000, status: "InProgress" },
];
const list = (query: object, all = entries) => pageOf(all, ListQuery.parse(query), "Descending");
const names = (query: object) => list(query).page.map(({ name }) => name);

describe("pageOf", () => {
  it.each([
    ["newest first where nothing is asked for, and by name where times are equal", {}, ["long-d", "c", "a", "b"]],
    ["by name", { SortBy: "Name", SortOrder: "Ascending" }, ["a", "b", "c", "long-d"]],
    ["by status", { SortBy: "Status", SortOrder: "Ascending" }, ["a", "c", "b", "long-d"]],
    ["those of a status", { StatusEquals: "Completed" }, ["c", "a"]],
    ["those whose name contains a text", { NameContains: "ng" }, ["long-d"]],
    ["those created between two times, neither included", { CreationTimeAfter: 1, CreationTimeBefore: 3 }, ["c", "a"]],
    ["those changed after a time", { LastModifiedTimeAfter: 3 }, ["b"]],
  ])("lists %s", (_title, query, expected) => {
    expect(names(query)).toEqual(expected);
  });

  it("goes on behind the last entry, whatever came or went in between", () => {
    const first = list({ MaxResults: 2 });
    const meanwhile = [...entries.filter(({ name }) => name !== "c"), { name: "new", createdAt: 9_000, modifiedAt: 9_000, status: "InProgress" }];

    const second = list({ MaxResults: 2, ...first.next }, meanwhile);

    expect(first.page.map(({ name }) => name)).toEqual(["long-d", "c"]);
    expect(second.page.map(({ name }) => name)).toEqual(["a", "b"]);
    expect(second.next).toEqual({});
  });

  it("refuses a token of another making", () => {
    expect(() => list({ NextToken: "42" })).toThrow("NextToken must be the one of the page before");
  });
});
