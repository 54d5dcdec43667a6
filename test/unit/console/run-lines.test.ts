import { describe, expect, it } from "vitest";
import { joinLines } from "../../../web/src/charts/join-lines.ts";
import { linesOf } from "../../../web/src/charts/run-lines.ts";
import { groupsBy } from "../../../web/src/compare/grouping.ts";
import type { ComparedRun, ValueName } from "../../../web/src/compare/values.ts";

const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;

describe("lines that are joined", () => {
  it("count between two of their points as they are drawn, and neither before their first nor after their last", () => {
    const joined = joinLines([
      { x: [0, 10], y: [0, 10] },
      { x: [5, 20], y: [1, 4] },
    ]);

    expect(joined).toEqual({ x: [0, 5, 10, 20], mean: [0, 3, 6, 4], low: [0, 1, 2, 4], high: [0, 5, 10, 4], count: [1, 2, 2, 1] });
  });

  it("leave out what is not a number, with the stretches that lead to it, and keep an infinity where it was logged", () => {
    const joined = joinLines([
      { x: [0, 1, 2, 3], y: [1, nan, 3, infinity] },
      { x: [0.5, 2.5], y: [7, 7] },
    ]);

    expect(joined.x).toEqual([0, 0.5, 1, 2, 2.5, 3]);
    expect(joined.count).toEqual([1, 1, 1, 2, 1, 1]);
    expect(joined.mean).toEqual([1, 7, 7, 5, 7, infinity]);
  });

  it("have the last of several values at one place, and NaN where none of them has a value", () => {
    expect(joinLines([{ x: [1, 1, 2], y: [5, 6, nan] }])).toEqual({ x: [1, 2], mean: [6, nan], low: [6, nan], high: [6, nan], count: [1, 0] });
    expect(joinLines([])).toEqual({ x: [], mean: [], low: [], high: [], count: [] });
  });

  it("come to the same in any order", () => {
    const lines = [0.1, 0.2, 0.3].map((start) => ({ x: [0, 1 + start, 4], y: [start, 2, 8] }));

    expect(joinLines(lines.toReversed()).low).toEqual(joinLines(lines).low);
    expect(joinLines(lines.toReversed()).count).toEqual(joinLines(lines).count);
  });
});

const run = (id: string, values: Readonly<Record<string, number | string>>): ComparedRun => ({
  id,
  name: id,
  status: "FINISHED",
  experimentId: "1",
  values: new Map(Object.entries(values) as [ValueName, number | string][]),
});

describe("groups of runs", () => {
  const runs = [run("a", { "params.depth": "10" }), run("b", { "params.depth": "9" }), run("c", {}), run("d", { "params.depth": "10" })];

  it("are those with the same values, by size, with those that have none at the end", () => {
    expect([...groupsBy(runs, ["params.depth"])]).toEqual([
      ["a", { name: "depth = 10", colour: 1 }],
      ["b", { name: "depth = 9", colour: 0 }],
      ["c", { name: "depth not set", colour: 2 }],
      ["d", { name: "depth = 10", colour: 1 }],
    ]);
    expect(groupsBy(runs, []).size).toBe(0);
  });

  it("are one line each with a band, or one line for each run in the group's colour and under its entry", () => {
    const groups = groupsBy(runs, ["params.depth"]);
    const drawn = runs.map(({ id }, colour) => ({ id, name: id, isLive: false, colour, ...(groups.get(id) && { group: groups.get(id) }) }));
    const series = runs.map(({ id }, index) => ({
      runId: id,
      metricKey: "loss",
      total: 1,
      inRange: 1,
      origin: "0",
      steps: ["1"],
      timestamps: ["1"],
      values: [index],
      places: null,
      smoothed: [index + 0.5],
    }));
    const lines = (drawsEach: boolean) =>
      linesOf({ series }, drawn as Parameters<typeof linesOf>[1], ["loss"], { axis: "step", drawsEach }).map(({ label, entry, colour, y, isGhost = false }) => [
        label,
        entry?.label,
        colour,
        y[0],
        isGhost,
      ]);

    expect(lines(false).slice(3)).toEqual([
      ["depth = 9 (mean of 1)", "depth = 9", 0, 1.5, false],
      ["depth = 10 (mean of 2)", "depth = 10", 1, 2, false],
      ["depth not set (mean of 1)", "depth not set", 2, 2.5, false],
    ]);
    expect(lines(false)[1]).toEqual(["depth = 10 (mean of 2)", "depth = 10", 1, 1.5, true]);
    expect(lines(true).slice(4)).toEqual([
      ["b", "depth = 9", 0, 1.5, false],
      ["a", "depth = 10", 1, 0.5, false],
      ["d", "depth = 10", 1, 3.5, false],
      ["c", "depth not set", 2, 2.5, false],
    ]);
  });
});
