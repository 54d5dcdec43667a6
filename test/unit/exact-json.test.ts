import { describe, expect, it } from "vitest";
import { formatJson, parseJson } from "#runtime/exact-json.ts";

describe("JSON with 64-bit integers", () => {
  it("keeps every digit of an integer beyond 2^53", () => {
    const text = '{"step":9223372036854775807,"low":-9223372036854775808}';

    expect(formatJson(parseJson(text))).toBe(text);
  });

  it("leaves doubles, short integers and digits inside strings as they are", () => {
    const text = '{"a":1.5e+300,"b":1234567890123456,"c":"12345678901234567890"}';

    expect(parseJson(text)).toEqual({ a: 1.5e300, b: 1234567890123456, c: "12345678901234567890" });
    expect(formatJson(parseJson(text))).toBe(text);
  });

  it.each(["12345678901234567", "[-12345678901234567]", '{"a": 12345678901234567}', "[0.12345678901234567,12345678901234567]"])(
    "finds the long integer in %s",
    (text) => {
      expect(formatJson(parseJson(text))).toContain("12345678901234567");
    },
  );

  it("refuses what is not JSON", () => {
    expect(() => parseJson('{"a":12345678901234567')).toThrow(SyntaxError);
  });
});
