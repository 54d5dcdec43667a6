import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "#core/errors.ts";
import type { Comparison } from "#core/search/comparison.ts";
import { parseFilter } from "#core/search/parse-filter.ts";
import { parseOrderBy } from "#core/search/parse-order-by.ts";

const text = (value: string) => ({ kind: "string", text: value });
const number = (value: number) => ({ kind: "number", number: value });

describe("a filter", () => {
  it("splits identifiers at the first dot", () => {
    expect(parseFilter("tags.mlflow.user = 'ann'")).toEqual([{ entity: "tags", key: "mlflow.user", operator: "=", value: text("ann") }]);
  });

  it.each([
    ["metrics.`a b/c` > 1", { entity: "metrics", key: "a b/c", operator: ">", value: number(1) }],
    ["tags.\"a-b\"='x'", { entity: "tags", key: "a-b", operator: "=", value: text("x") }],
    ['`tags`.a != "it\'s"', { entity: "tags", key: "a", operator: "!=", value: text("it's") }],
    ["`Run name` ilike '%A%'", { key: "Run name", operator: "ILIKE", value: text("%A%") }],
    ["metrics.m <= -1.5e3", { entity: "metrics", key: "m", operator: "<=", value: number(-1500) }],
    ["metrics.größe >= .5", { entity: "metrics", key: "größe", operator: ">=", value: number(0.5) }],
    ["run_id not  IN ( 'a' ,'b', )", { key: "run_id", operator: "NOT IN", value: { kind: "list", texts: ["a", "b"] } }],
    ["tags.t is not null", { entity: "tags", key: "t", operator: "IS NOT NULL", value: { kind: "absent" } }],
    ["tags.t IS NULL", { entity: "tags", key: "t", operator: "IS NULL", value: { kind: "absent" } }],
    ["tags.t = ''", { entity: "tags", key: "t", operator: "=", value: text("") }],
  ])("reads %s", (filter, comparison) => {
    expect(parseFilter(filter)).toEqual([comparison]);
  });

  it("joins comparisons by AND in any case, outside of quotes only, and bears one at the end", () => {
    const comparisons = parseFilter("tags.`x and y` LIKE '%\"p\"% AND %' and attributes.run_id IN ('1') AND metrics.m<2 AND ");

    expect(comparisons.map(({ key, operator }) => `${key} ${operator}`)).toEqual(["x and y LIKE", "run_id IN", "m <"]);
  });

  it("is no comparison at all when empty", () => {
    expect(parseFilter("")).toEqual([]);
  });

  it.each([
    ["   ", "only white space"],
    ["a = 'x' OR b = 'y'", "joined by AND only"],
    ["NOT a = 'x'", "operator must be one of"],
    ["(a = 'x')", "parentheses are only allowed after IN"],
    ["a = 'x'; b = 'y'", "joined by AND only"],
    ["a == 'x'", "operator must be one of"],
    ["a <> 'x'", "operator must be one of"],
    ["a = 'x", "the quote ' must be closed"],
    ["a = 'it''s'", "enclose the text in the other quote"],
    ["tags.`a = 'x'", "the quote ` must be closed"],
    ["a = x", "a number or a text"],
    ["a = 1x", "a number or a text"],
    ["a = 1.2.3", "a number or a text"],
    ["a = ", "got the end"],
    ["a", "operator must be one of"],
    ["a IN ()", "one or more quoted texts"],
    ["a IN (1, 2)", "one or more quoted texts"],
    ["a IN ('x'", "closed by )"],
    ["a IN 'x'", "followed by a list"],
    ["a IS 'x'", "expected NOT"],
    ["tags. = 'x'", "a key must follow the dot"],
    ["AND a = 'x'", "operator must be one of"],
    ["tags.a-b = 'x'", "operator must be one of"],
  ])("refuses %s", (filter, why) => {
    expect(() => parseFilter(filter)).toThrow(DomainError);
    expect(() => parseFilter(filter)).toThrow(why);
  });
});

const identifier = fc.record({ entity: fc.constantFrom("tags", "metrics"), key: fc.string({ minLength: 1 }).filter((key) => !key.includes("`")) });
const comparison = fc.oneof(
  fc.tuple(
    identifier,
    fc.constantFrom("=", "!=", "LIKE", "ILIKE"),
    fc.string().filter((value) => !value.includes("'")),
  ),
  fc.tuple(
    identifier,
    fc.constantFrom("=", ">", "<="),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
  ),
);

describe("any filter", () => {
  it("either parses or is refused as invalid", () => {
    const pieces = fc.constantFrom(
      "a",
      "tags.",
      ".",
      "`",
      "'",
      '"',
      "=",
      "!",
      "<",
      ">",
      "(",
      ")",
      ",",
      " ",
      "IN",
      "NOT",
      "IS",
      "NULL",
      "AND",
      "1",
      "e9",
      "-",
      ";",
      "\0",
      "é",
      "😀",
    );
    const texts = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(pieces, { maxLength: 30 }).map((parts) => parts.join("")),
    );

    fc.assert(
      fc.property(texts, (filter) => {
        try {
          return Array.isArray(parseFilter(filter)) && Array.isArray(parseOrderBy([filter]));
        } catch (error) {
          return error instanceof DomainError && error.code === "INVALID_PARAMETER_VALUE";
        }
      }),
      { numRuns: 3000 },
    );
  });

  it("means what was written", () => {
    fc.assert(
      fc.property(fc.array(comparison, { minLength: 1, maxLength: 5 }), (parts) => {
        const written = parts.map(
          ([{ entity, key }, operator, value]) => `${entity}.\`${key}\` ${operator} ${typeof value === "string" ? `'${value}'` : value}`,
        );

        const read = parseFilter(written.join(" AND "));

        const expected = parts.map(([{ entity, key }, operator, value]) => ({
          entity,
          key,
          operator: operator as Comparison["operator"],
          value: typeof value === "string" ? text(value) : number(value),
        }));
        expect(read).toEqual(expected);
      }),
    );
  });

  it.each([
    ["digits", `a = ${"1".repeat(2_000_000)}x`],
    ["blanks", `a ${" ".repeat(2_000_000)}!`],
    ["an open quote", `a = '${'"'.repeat(2_000_000)}`],
    ["list entries", `a IN (${"'x',".repeat(400_000)}`],
    ["letters", "a".repeat(2_000_000)],
  ])("is read in one pass: two million characters of %s are refused", (_what, filter) => {
    expect(() => parseFilter(filter)).toThrow(DomainError);
  });
});

describe("order_by", () => {
  it("sorts upwards unless it says otherwise, in any case", () => {
    expect(parseOrderBy(["metrics.`a b` desc", "start_time", "tags.x.y ASC"])).toEqual([
      { entity: "metrics", key: "a b", ascending: false },
      { key: "start_time", ascending: true },
      { entity: "tags", key: "x.y", ascending: true },
    ]);
  });

  it.each([["a NULLS LAST"], ["a DESC NULLS LAST"], [""], ["a, b"], ["a ASC DESC"]])("refuses %s", (order) => {
    expect(() => parseOrderBy([order])).toThrow(DomainError);
  });

  it("refuses a key that is named twice", () => {
    expect(() => parseOrderBy(["metrics.a", "metrics.`a` DESC"])).toThrow("got metrics.a twice");
  });
});
