import { describe, expect, it } from "vitest";
import { readDocument } from "#runtime/read-document.ts";

const nested = (depth: number, inner = "1") => `${'{"a":['.repeat(depth / 2)}${inner}${"]}".repeat(depth / 2)}`;

describe("a document from outside", () => {
  it("nests at most a hundred levels, whatever its texts hold", () => {
    const brackets = JSON.stringify("[{".repeat(500));

    expect(() => readDocument(nested(100))).not.toThrow();
    expect(() => readDocument(nested(100, brackets))).not.toThrow();
    expect(() => readDocument(nested(102))).toThrow("body must nest at most 100 levels deep");
    expect(() => readDocument(nested(100, `${brackets},"\\"",[1]`))).toThrow("body must nest at most 100 levels deep");
    expect(() => readDocument(`${"[".repeat(300_000)}1234567890123456789${"]".repeat(300_000)}`)).toThrow("body must nest at most 100 levels deep");
  });

  it("takes lone halves of characters for what malformed bytes are, in keys too", () => {
    const document = readDocument('{"\\ud800k":["\\udfff x","\\ud83c\\udfaf","\\\\ud800"]}');

    expect(document).toEqual({ "�k": ["� x", "🎯", "\\ud800"] });
  });

  it("stays what JSON says otherwise", () => {
    expect(readDocument('{"a":[9007199254740993,1.5,null,true,"\\u00e9"]}')).toEqual({ a: [9007199254740993n, 1.5, null, true, "é"] });
    expect(() => readDocument('{"a":')).toThrow(SyntaxError);
  });
});
