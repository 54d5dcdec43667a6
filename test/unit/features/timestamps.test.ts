import { describe, expect, it } from "vitest";
import { formatTimestamp, parseTimestamp } from "#core/features/timestamps.ts";

describe("a timestamp", () => {
  it.each([
    ["2026-11-21T06:47:31", "2026-11-21T06:47:31Z"],
    ["2026-11-21 06:47:31.5", "2026-11-21T06:47:31.500Z"],
    ["2026-11-21T06:47:36.548741+00:00", "2026-11-21T06:47:36.548741Z"],
    ["2026-11-21T06:47:36.123456789Z", "2026-11-21T06:47:36.123456Z"],
    ["2026-11-21T06:47+05:30", "2026-11-21T01:17:00Z"],
    ["2026-11-21T23:00:00-0800", "2026-11-22T07:00:00Z"],
    ["2026-11-21", "2026-11-21T00:00:00Z"],
    ["1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z"],
    [1_767_225_600, "2026-01-01T00:00:00Z"],
    [1_767_225_600.25, "2026-01-01T00:00:00.250Z"],
  ])("%s is %s", (given, expected) => {
    const micros = parseTimestamp(given);

    expect(micros === undefined ? undefined : formatTimestamp(micros)).toBe(expected);
  });

  it.each(["", "soon", "2026-13-01", "2026-02-29T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z", "20260101", null, true, Number.NaN, 1e12])(
    "%s is none",
    (given) => {
      expect(parseTimestamp(given)).toBeUndefined();
    },
  );
});
