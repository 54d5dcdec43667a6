import { describe, expect, it } from "vitest";
import { parseSeparated } from "../../../web/src/artifacts/csv.ts";
import { areaUnder, drawingOf } from "../../../web/src/artifacts/drawings.ts";
import { arrangeRows, tableOf } from "../../../web/src/artifacts/table.ts";

describe("separated values", () => {
  it("are read with quotes, doubled quotes and line ends inside of them", () => {
    expect(parseSeparated('a,b\r\n1,"x, ""y""\nz"\n2,\n', ",")).toEqual({
      columns: ["a", "b"],
      rows: [
        ["1", 'x, "y"\nz'],
        ["2", ""],
      ],
    });
  });

  it("lose neither a last line without an end nor cells beyond the head", () => {
    expect(parseSeparated("\uFEFFa\tb\n1\t2\t3", "\t")).toEqual({ columns: ["a", "b"], rows: [["1", "2", "3"]] });
  });
});

describe("a table", () => {
  it("is what log_table writes, or a list of records", () => {
    expect(tableOf({ columns: ["a"], data: [[1]] })).toEqual({ columns: ["a"], rows: [[1]] });
    expect(tableOf([{ a: 1 }, { b: 2 }])).toEqual({
      columns: ["a", "b"],
      rows: [
        [1, undefined],
        [undefined, 2],
      ],
    });
    expect([tableOf({ a: 1 }), tableOf([]), tableOf([1, 2]), tableOf(null)]).toEqual([undefined, undefined, undefined, undefined]);
  });

  it("orders numbers by size, also where they are spelled, and texts by their letters", () => {
    const table = {
      columns: ["n", "t"],
      rows: [
        ["10", "b"],
        ["9", "a"],
        ["-1", "c"],
      ],
    };

    expect(arrangeRows(table, "", { column: 0, isDescending: false }).map(([n]) => n)).toEqual(["-1", "9", "10"]);
    expect(arrangeRows(table, "", { column: 1, isDescending: true }).map(([, t]) => t)).toEqual(["c", "b", "a"]);
    expect(arrangeRows(table, "B", undefined)).toEqual([["10", "b"]]);
  });
});

describe("a file of data", () => {
  it("is drawn as a confusion matrix, whichever way it says one", () => {
    const counts = [
      [5, 1],
      [2, 7],
    ];
    const pairs = {
      columns: ["actual", "predicted", "count"],
      data: [
        ["no", "no", 5],
        ["no", "yes", 1],
        ["yes", "no", 2],
        ["yes", "yes", 7],
      ],
    };

    expect(drawingOf("a.json", { matrix: counts, labels: ["no", "yes"] })).toEqual({ kind: "confusion", labels: ["no", "yes"], counts });
    expect(drawingOf("confusion_matrix.json", counts)).toEqual({ kind: "confusion", labels: ["0", "1"], counts });
    expect(drawingOf("a.json", pairs)).toEqual({ kind: "confusion", labels: ["no", "yes"], counts });
    expect(drawingOf("weights.json", counts)).toBeUndefined();
  });

  it("is drawn as a curve, one or one for each class, with its area", () => {
    const roc = { fpr: [0, 0.5, 1], tpr: [0, 1, 1] };
    const drawn = drawingOf("a.json", { cat: roc, dog: roc });

    expect(drawn).toMatchObject({ kind: "roc", curves: [{ name: "cat", x: roc.fpr, y: roc.tpr }, { name: "dog" }] });
    expect(areaUnder({ name: "", x: roc.fpr, y: roc.tpr })).toBe(0.75);
    expect(
      drawingOf("a.json", {
        columns: ["recall", "precision"],
        data: [
          [1, 0.5],
          [0, 1],
        ],
      }),
    ).toMatchObject({ kind: "precisionRecall" });
  });

  it("is not drawn when it only looks like one", () => {
    for (const value of [null, 1, "x", [], {}, { matrix: [[1, 2], [3]] }, { fpr: [1], tpr: [1] }, { matrix: "x" }, { columns: ["actual"], data: [["a"]] }])
      expect(drawingOf("a.json", value)).toBeUndefined();
  });
});
