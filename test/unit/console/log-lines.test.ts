import { describe, expect, it } from "vitest";
import type { LogLine } from "#contracts/platform/step-logs.ts";
import { filtered, lineText } from "../../../web/src/pipelines/logs/filtered.ts";
import { joinLines } from "../../../web/src/pipelines/logs/join-lines.ts";

const line = (time: number, message: string, rest: Partial<LogLine> = {}): LogLine => ({ time, level: "info", message, ...rest });

describe("a step's lines in the console", () => {
  it("are read as a whole by the filter: every word, in message, level or fields", () => {
    const lines = [line(1, "trial", { fields: { model: "linear", loss: 0.5 } }), line(2, "trial", { level: "error" })];

    expect(filtered(lines, "TRIAL linear")).toEqual([lines[0]]);
    expect(filtered(lines, "error")).toEqual([lines[1]]);
    expect(filtered(lines, "  ")).toBe(lines);
  });

  it("are copied with time, level, message and fields", () => {
    expect(lineText(line(0, "read", { fields: { rows: 3, from: "a b", deep: { x: 1 } } }))).toBe(
      '1970-01-01T00:00:00.000Z  info   read  rows=3  from=a b  deep={"x":1}',
    );
  });

  it("come once each, also where the newest page has moved on in the midst of a millisecond", () => {
    const [a, b, c, d] = ["a", "b", "c", "d"].map((message) => line(5, message));
    const [before, after] = [line(4, "before"), line(6, "after")];
    if (!(a && b && c && d)) throw new Error("four lines");

    expect(joinLines([], [a, b])).toEqual([a, b]);
    expect(joinLines([before, a, b, c, d], [c, d, after])).toEqual([before, a, b, c, d, after]);
    expect(joinLines([before, a], [after])).toEqual([before, a, after]);
    expect(joinLines([before], [])).toEqual([before]);
  });
});
