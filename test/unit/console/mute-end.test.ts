import { describe, expect, it } from "vitest";
import { muteEnd } from "../../../web/src/drift/mute-end.ts";

const now = Date.parse("2026-03-02T10:00:00Z");

describe("until when something is muted", () => {
  it.each([
    ["hour", "2026-03-02T11:00:00.000Z"],
    ["week", "2026-03-09T10:00:00.000Z"],
  ])("is in a %s from now: %s", (span, end) => {
    expect(muteEnd(span, "", now)).toBe(end);
  });

  it("is the end of the chosen day by the reader's clock, and nothing before one is chosen", () => {
    expect(muteEnd("date", "2026-03-05", now)).toBe(new Date(2026, 2, 5, 23, 59, 59, 999).toISOString());
    expect(muteEnd("date", "", now)).toBeUndefined();
  });
});
