import { describe, expect, it } from "vitest";
import { sameSeries } from "../../../web/src/artifacts/image-series.ts";
import { placesOf, wholeLines } from "../../../web/src/artifacts/text-lines.ts";
import { treeKey, treeRows } from "../../../web/src/artifacts/tree-rows.ts";

const file = (path: string) => ({ path, is_dir: false, file_size: 1 });
const contents = new Map([
  ["", [file("z.txt"), { path: "b", is_dir: true }, file("a.txt")]],
  ["b", [file("b/10.txt"), file("b/9.txt")]],
]);
const rows = treeRows(contents, new Set(["", "b"]));

describe("the tree of files", () => {
  it("has folders first, numbers in their order, and the content of an open folder below it", () => {
    expect(rows.map(({ path, level, place, siblings }) => [path, level, place, siblings])).toEqual([
      ["b", 1, 1, 3],
      ["b/9.txt", 2, 1, 2],
      ["b/10.txt", 2, 2, 2],
      ["a.txt", 1, 2, 3],
      ["z.txt", 1, 3, 3],
    ]);
  });

  it("is walked with the keys of a tree: right goes in, left goes out", () => {
    expect(treeKey("ArrowRight", rows, "b")).toEqual({ kind: "focus", path: "b/9.txt" });
    expect(treeKey("ArrowLeft", rows, "b/10.txt")).toEqual({ kind: "focus", path: "b" });
    expect(treeKey("ArrowLeft", rows, "b")).toEqual({ kind: "toggle", path: "b" });
    expect(treeKey("ArrowRight", treeRows(contents, new Set([""])), "b")).toEqual({ kind: "toggle", path: "b" });
    expect(treeKey("End", rows, "b")).toEqual({ kind: "focus", path: "z.txt" });
    expect(treeKey("x", rows, "b")).toBeUndefined();
  });
});

describe("a part of a text", () => {
  const piece = (text: string, from: number, size: number) => {
    const bytes = new TextEncoder().encode(text);
    return wholeLines({ bytes, from, to: from + bytes.length, size });
  };

  it("is its whole lines; the parts before and after begin where it ends", () => {
    expect(piece("cut\nwhole\nlines\nalso cu", 10, 100)).toEqual({ text: "whole\nlines\n", from: 14, to: 26, size: 100 });
    expect(piece("first\nlast", 0, 10)).toEqual({ text: "first\nlast", from: 0, to: 10, size: 10 });
  });

  it("of one endless line is cut between characters, not in them", () => {
    const bytes = new TextEncoder().encode("äöü");

    expect(wholeLines({ bytes: bytes.subarray(1, 5), from: 1, to: 5, size: 6 })).toEqual({ text: "ö", from: 2, to: 4, size: 6 });
  });

  it("is searched without regard to case, so far as anybody goes through", () => {
    expect(placesOf("Loss loss LOSS", "loss", 10)).toEqual([0, 5, 10]);
    expect(placesOf("aaaa", "a", 2)).toEqual([0, 1]);
    expect(placesOf("aaaa", "", 2)).toEqual([]);
  });
});

describe("pictures of a run", () => {
  it("that were logged step by step under one key are one series", () => {
    const named = (key: string, step: number) => file(`images/${key}%step%${step}%timestamp%1700000000000%4fe8.png`);
    const all = [named("sample", 10), named("sample", 2), named("other", 1), file("images/plot.png")];

    expect(sameSeries(all[0]?.path ?? "", all).map(({ step }) => step)).toEqual([2, 10]);
    expect(sameSeries("images/plot.png", all)).toEqual([]);
  });
});
