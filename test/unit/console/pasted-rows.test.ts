import { describe, expect, it } from "vitest";
import { pastedRows } from "../../../web/src/features/pasted-rows.ts";

describe("pasted rows", () => {
  it("are read from CSV with quotes, commas and line breaks within them", () => {
    expect(pastedRows('id,note\r\n007,"a ""b"", c\nd"\r\n8,\r\n')).toEqual([
      { id: "007", note: 'a "b", c\nd' },
      { id: "8", note: null },
    ]);
  });

  it("are read from a spreadsheet's tabs", () => {
    expect(pastedRows("id\tevent_timestamp\n1\t2026-01-01, noon\n")).toEqual([{ id: "1", event_timestamp: "2026-01-01, noon" }]);
  });

  it.each(["", "\n\n", "id,event_timestamp\n", "id,event_timestamp\n\n,\n"])("are none in %j", (text) => {
    expect(pastedRows(text)).toEqual([]);
  });
});
