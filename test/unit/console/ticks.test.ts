import { describe, expect, it } from "vitest";
import { ticks } from "../../../web/src/pipelines/gantt/ticks.ts";

describe("the ticks of an execution's time", () => {
  it.each([
    [0, [0]],
    [3, [0, 1, 2, 3]],
    [9_300, [0, 2000, 4000, 6000, 8000]],
    [400_000, [0, 120_000, 240_000, 360_000]],
    [35 * 86_400_000, [0, 7, 14, 21, 28, 35].map((days) => days * 86_400_000)],
  ])("of %i ms are few and round", (span, expected) => {
    expect(ticks(span)).toEqual(expected);
  });

  it("are few, also of a time that no execution takes", () => {
    expect(ticks(1e13).length).toBeLessThan(8);
  });
});
