import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columnsIn, offsetsOf, rowsIn, scrollToShow } from "../../../web/src/grid/geometry.ts";
import { moved } from "../../../web/src/grid/moves.ts";
import { ranged, toggled } from "../../../web/src/grid/selection.ts";

describe("what is in view", () => {
  it("is every column that a stretch of pixels touches, and no more than was asked for around them", () => {
    const widths = fc.array(fc.integer({ min: 60, max: 400 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(widths, fc.nat(20_000), fc.nat(1500), (list, from, size) => {
        const offsets = offsetsOf(list);
        const { first, end } = columnsIn(offsets, from, from + size, 0);
        const touched = list.flatMap((_, at) => ((offsets[at] ?? 0) <= from + size && (offsets[at + 1] ?? 0) > from ? [at] : []));
        expect(end).toBeGreaterThan(first);
        for (const at of touched) expect(first <= at && at < end).toBe(true);
        if (touched.length > 0) expect(end - first).toBe(touched.length);
      }),
    );
  });

  it("is as many rows as fit, and never beyond the last one", () => {
    expect(rowsIn(1500, 40, 400, 1000, 0)).toEqual({ first: 10, end: 25 });
    expect(rowsIn(12, 40, 400, 1000, 8)).toEqual({ first: 2, end: 12 });
    expect(rowsIn(0, 40, 0, 1000, 8)).toEqual({ first: 0, end: 0 });
    expect(columnsIn(offsetsOf([]), 0, 100, 3)).toEqual({ first: 0, end: 0 });
  });

  it("moves no further than needed to show a place", () => {
    expect(scrollToShow(100, 500, 200, 240)).toBe(100);
    expect(scrollToShow(100, 500, 80, 120)).toBe(80);
    expect(scrollToShow(100, 500, 580, 620)).toBe(120);
  });
});

describe("a key in the grid", () => {
  const bounds = { rows: 100, columns: 10, page: 20 };

  it.each([
    ["ArrowDown", false, { row: 6, column: 3 }],
    ["ArrowUp", true, { row: 0, column: 3 }],
    ["ArrowRight", true, { row: 5, column: 9 }],
    ["PageDown", false, { row: 25, column: 3 }],
    ["PageUp", false, { row: 0, column: 3 }],
    ["Home", false, { row: 5, column: 0 }],
    ["End", true, { row: 99, column: 9 }],
  ])("%s (with Ctrl: %s) leads to %o", (key, isWhole, to) => {
    expect(moved(key, { row: 5, column: 3 }, bounds, isWhole)).toEqual(to);
  });

  it("leads to the header above the first row and not further, and nowhere when it is no key of movement", () => {
    expect(moved("ArrowUp", { row: 0, column: 3 }, bounds, false)).toEqual({ row: -1, column: 3 });
    expect(moved("ArrowUp", { row: -1, column: 3 }, bounds, false)).toEqual({ row: -1, column: 3 });
    expect(moved("a", { row: 0, column: 0 }, bounds, false)).toBeUndefined();
    expect(moved("constructor", { row: 0, column: 0 }, bounds, false)).toBeUndefined();
  });
});

describe("choosing rows", () => {
  const ids = ["a", "b", undefined, "d"];

  it("takes one in and out, and a range in either direction with what is known of it", () => {
    expect([...toggled(new Set(["a"]), "b")]).toEqual(["a", "b"]);
    expect([...toggled(new Set(["a"]), "a")]).toEqual([]);
    expect([...ranged(new Set(["z"]), 3, 0, (index) => ids[index])]).toEqual(["z", "a", "b", "d"]);
  });
});
