import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { likeMatcher } from "#core/search/like.ts";
import { type Cell, cellTest } from "#core/search/match.ts";
import { type Column, pageOf } from "#core/search/page.ts";
import { parseFilter } from "#core/search/parse-filter.ts";
import { parseOrderBy } from "#core/search/parse-order-by.ts";
import { resolveFilter, resolveOrderBy, type SearchTarget, textOperators } from "#core/search/search-target.ts";

describe("LIKE", () => {
  it.each([
    ["%", "", true],
    ["a%", "abc", true],
    ["%c", "abc", true],
    ["a_c", "abc", true],
    ["a_c", "ac", false],
    ["%b%d%", "abcde", true],
    ["A%", "abc", false],
    ["_", "😀", true],
    ["%_x", "😀x", true],
    ["__x", "😀x", false],
    ["a.c", "abc", false],
    ["", "", true],
    ["", "a", false],
  ])("%s on %s is %s", (pattern, text, expected) => {
    expect(likeMatcher(pattern)(text)).toBe(expected);
  });

  it("agrees with the regular expression of the same meaning", () => {
    const letters = fc.string({ unit: fc.constantFrom("a", "b", "%", "_"), maxLength: 8 });
    fc.assert(
      fc.property(letters, fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 10 }), (pattern, text) => {
        const expression = new RegExp(`^${pattern.replaceAll("%", ".*").replaceAll("_", ".")}$`, "s");
        expect(likeMatcher(pattern)(text)).toBe(expression.test(text));
      }),
      { numRuns: 2000 },
    );
  });

  it("ignores case when asked to", () => {
    expect(likeMatcher("%ÄPFEL%", true)("drei äpfel")).toBe(true);
  });
});

describe("a comparison", () => {
  const test = (filter: string, cell: Cell) => parseFilter(filter).every(({ operator, value }) => cellTest(operator, value)(cell));

  it("is never met by a missing cell, not even !=, but by IS NULL", () => {
    expect(test("k != 'x'", undefined)).toBe(false);
    expect(test("k NOT IN ('x')", undefined)).toBe(false);
    expect(test("k IS NULL", undefined)).toBe(true);
    expect(test("k IS NOT NULL", "")).toBe(true);
  });

  it("is met by NaN only when it is !=", () => {
    expect(["=", "!=", ">", ">=", "<", "<="].filter((operator) => test(`k ${operator} 1`, Number.NaN))).toEqual(["!="]);
  });

  it("compares 64-bit integers with numbers", () => {
    expect(test("k > 9007199254740992 AND k != 1", 2n ** 60n)).toBe(true);
    expect(test("k = 1152921504606846976", 2n ** 60n)).toBe(true);
  });
});

const things: SearchTarget = {
  name: "things",
  entities: { tag: "tag", tags: "tag", attribute: "attribute" },
  attributes: { name: { as: "name", type: "text", operators: textOperators }, "Thing name": { as: "name", type: "text", operators: textOperators } },
  keyed: { tag: { type: "text", operators: textOperators } },
  sortable: { name: "name", "Thing name": "name" },
};

describe("a search target", () => {
  const resolve = (filter: string) => resolveFilter(things, parseFilter(filter));

  it("reads the spellings of entities and attributes as one", () => {
    expect(resolve("attribute.`Thing name` = 'a' AND name = 'a' AND tags.x = 'a' AND tag.x = 'a'").map(({ entity, key }) => `${entity}.${key}`)).toEqual([
      "attribute.name",
      "attribute.name",
      "tag.x",
      "tag.x",
    ]);
  });

  it.each([
    ["TAGS.x = 'a'", "must be one of tag, tags, attribute"],
    ["size = 'a'", "must be one of name, Thing name"],
    ["constructor = 'a'", "must be one of name"],
    ["name > 'a'", "must be one of = != LIKE ILIKE, got >"],
    ["name = 1", "must be a quoted text"],
  ])("refuses %s and says what is allowed", (filter, why) => {
    expect(() => resolve(filter)).toThrow(why);
  });

  it("refuses to sort by what it cannot, or twice by one attribute", () => {
    expect(() => resolveOrderBy(things, parseOrderBy(["tags.x"]))).toThrow("must name one of name, Thing name");
    expect(() => resolveOrderBy(things, parseOrderBy(["name", "`Thing name`"]))).toThrow("twice");
  });
});

interface Row {
  readonly id: string;
  readonly value: Cell;
}
const columns = (ascending: boolean): readonly Column<Row>[] => [
  { ascending, read: ({ value }) => value },
  { ascending: true, read: ({ id }) => id },
];

describe("pages", () => {
  const rows: readonly Row[] = [
    { id: "missing", value: undefined },
    { id: "nan", value: Number.NaN },
    { id: "two", value: 2 },
    { id: "big", value: 2n ** 60n },
    { id: "infinite", value: Number.POSITIVE_INFINITY },
    { id: "one", value: 1 },
  ];

  it.each([
    [true, ["one", "two", "big", "infinite", "nan", "missing"]],
    [false, ["infinite", "big", "two", "one", "nan", "missing"]],
  ])("have NaN and then missing values last (ascending: %s), one by one as all at once", (ascending, expected) => {
    const ids: string[] = [];
    let pageToken: string | undefined;
    do {
      const page = pageOf(rows, columns(ascending), "q", { maxResults: 1, pageToken });
      ids.push(...page.items.map(({ id }) => id));
      pageToken = page.nextPageToken;
    } while (pageToken !== undefined);

    expect(ids).toEqual(expected);
  });

  it("neither repeat nor skip a row when others come and go between them", () => {
    const first = pageOf(rows, columns(true), "q", { maxResults: 2 });
    const changed = [{ id: "zero", value: 0 }, ...rows.filter(({ id }) => id !== "two")];

    expect(pageOf(changed, columns(true), "q", { maxResults: 2, pageToken: first.nextPageToken }).items.map(({ id }) => id)).toEqual(["big", "infinite"]);
  });

  it.each([["x"], ["!!!"], ["WzFd"], ["bnVsbA=="]])("refuse the token %s", (pageToken) => {
    expect(() => pageOf(rows, columns(true), "q", { maxResults: 1, pageToken })).toThrow("page_token must be");
  });

  it("refuse the token of another search", () => {
    const { nextPageToken } = pageOf(rows, columns(true), "q", { maxResults: 1 });

    expect(() => pageOf(rows, columns(true), "other", { maxResults: 1, pageToken: nextPageToken })).toThrow("another search");
  });
});
