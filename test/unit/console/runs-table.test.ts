import { describe, expect, it } from "vitest";
import { defaultView, savedViews, viewKey, viewValue } from "../../../web/src/experiments/runs-table/saved-views.ts";
import { movedColumns, shownColumns } from "../../../web/src/experiments/runs-table/shown-columns.ts";
import { changedFields, readState, reordered } from "../../../web/src/experiments/runs-table/table-state.ts";
import { csvLine } from "../../../web/src/parts/csv.ts";

describe("the table's state in the address", () => {
  it("comes back as it was written, and holds nothing that is as usual", () => {
    const state = {
      ...readState(""),
      filter: "params.depth = '2'",
      order: [
        { column: "metrics.val/loss", descending: true },
        { column: "params.a b", descending: false },
      ],
      group: ["params.depth"],
      trash: true,
      columns: ["metrics.val/*", "tags.team"],
      widths: { "metrics.val/loss": 200 },
      best: { "metrics.val/loss": "min" as const },
      open: ['["2",null]', "00ab"],
    };
    const fields = Object.entries(changedFields(state)).filter(([, value]) => value !== "");

    expect(readState(new URLSearchParams(fields).toString())).toEqual(state);
    expect(Object.values(changedFields(readState(""))).every((value) => value === "")).toBe(true);
  });

  it("takes what nobody wrote there for nothing", () => {
    expect(readState("widths=a~-5,b~x&best=a~worst&density=wide")).toEqual(readState(""));
  });

  it("goes from ascending to descending to none, alone or beside the other orders", () => {
    const loss = { column: "metrics.loss", descending: false };
    expect(reordered([], "metrics.loss", false)).toEqual([loss]);
    expect(reordered([loss], "metrics.loss", false)).toEqual([{ ...loss, descending: true }]);
    expect(reordered([{ ...loss, descending: true }], "metrics.loss", false)).toEqual([]);
    expect(reordered([loss], "params.depth", true)).toEqual([loss, { column: "params.depth", descending: false }]);
    expect(reordered([loss], "params.depth", false)).toEqual([{ column: "params.depth", descending: false }]);
  });
});

describe("the columns that show", () => {
  const known = { usual: ["metrics.loss", "params.depth"], ofPattern: new Map([["metrics.val/*", ["metrics.val/a", "metrics.val/b"]]]) };
  const state = readState("");

  it("are the usual ones until some are asked for; patterns stand for all that they match", () => {
    expect(shownColumns(state, known).slice(-2)).toEqual(["metrics.loss", "params.depth"]);
    expect(shownColumns({ ...state, columns: ["metrics.val/b", "metrics.val/*"], hidden: ["metrics.val/a"], pinned: ["tags.t"] }, known)).toEqual([
      "attributes.run_name",
      "metrics.val/b",
    ]);
    expect(shownColumns({ ...state, differing: true }, { ...known, differing: new Set(["params.depth"]) })).not.toContain("metrics.loss");
  });

  it("keep their patterns when one is moved", () => {
    const shown = shownColumns({ ...state, columns: ["metrics.val/*"] }, known);
    expect(movedColumns(shown, ["metrics.val/*"], "metrics.val/b", "metrics.val/a")).toEqual(["metrics.val/b", "metrics.val/a", "metrics.val/*"]);
  });
});

describe("a line of CSV", () => {
  it("runs nothing in a spreadsheet, whatever a text begins with, and leaves numbers as they are", () => {
    expect(csvLine(["=1+1", "+a", "-a", "@a", '\t"', -0.5, null, "a,b", Number.NaN])).toBe(`"'=1+1","'+a","'-a","'@a","'\t""",-0.5,,"a,b",NaN\r\n`);
  });
});

describe("saved views", () => {
  it("are read from tags, by name, and what else is there is no view", () => {
    const tags = [
      { key: viewKey("b"), value: viewValue({ name: "second", query: "flat=1" }) },
      { key: viewKey("a"), value: viewValue({ name: "first", query: "" }) },
      { key: viewKey("c"), value: "no view" },
      { key: "capstan.default-view", value: "b" },
      { key: "team", value: "x" },
    ];
    expect(savedViews(tags).map(({ name }) => name)).toEqual(["first", "second"]);
    expect(defaultView(tags)?.id).toBe("b");
    expect(defaultView([{ key: "capstan.default-view", value: "gone" }])).toBeUndefined();
  });
});
