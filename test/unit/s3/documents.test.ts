import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { childrenOf, parseXml, textOf } from "#infra/local/s3/parse-xml.ts";
import { xmlDocument } from "#infra/local/s3/xml.ts";

describe("XML documents", () => {
  it("bring any text through, control characters and line ends included", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        fc.pre(!text.includes("\u0000") && text.isWellFormed());

        expect(textOf(parseXml(xmlDocument("Root", [["Key", text]]), "Root"), "Key")).toBe(text);
      }),
    );
  });
  it("are read with namespaces, comments, CDATA, references and self-closing elements", () => {
    const text = `<?xml version="1.0"?><!-- a --><s:Delete xmlns:s="http://x/"><s:Object><Key><![CDATA[<a>]]>&amp;&#x62;&#99;</Key></s:Object><Quiet/></s:Delete>`;

    const root = parseXml(text, "Delete");

    expect(childrenOf(root, "Object").map((node) => textOf(node, "Key"))).toEqual(["<a>&bc"]);
    expect(textOf(root, "Quiet")).toBe("");
  });
  it.each([
    ["another root", "<Other></Other>"],
    ["no end", "<Delete><Object>"],
    ["crossed ends", "<Delete><a><b></a></b></Delete>"],
    ["two roots", "<Delete></Delete><Delete></Delete>"],
    ["a document type", '<!DOCTYPE x [<!ENTITY a "b">]><Delete></Delete>'],
    ["an unknown entity", "<Delete><Key>&a;</Key></Delete>"],
    ["a reference to half a character", "<Delete><Key>&#xD800;</Key></Delete>"],
    ["a bare ampersand", "<Delete><Key>a & b</Key></Delete>"],
    ["text around the root", "<Delete></Delete>x"],
    ["nothing", ""],
  ])("are refused with %s", (_what, text) => {
    expect(() => parseXml(text, "Delete")).toThrow("not well-formed");
  });
});
