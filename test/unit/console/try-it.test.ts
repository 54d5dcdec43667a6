import { describe, expect, it } from "vitest";
import { cellOf } from "../../../web/src/endpoints/example-row.ts";
import { draftsOf } from "../../../web/src/endpoints/try/example-source.ts";
import { exampleTensors, featuresOfPorts } from "../../../web/src/endpoints/try/features.ts";

const port = (name: string, shape: number[], datatype: "FP32" | "BYTES" | "BOOL" | "INT64" = "FP32") => ({ name, datatype, shape });

describe("the form of a model", () => {
  it.each([
    ["a column for each place of a wide input", [port("x", [-1, 3])], ["x.0", "x.1", "x.2"]],
    ["a column for each input of one value a row", [port("age", [-1]), port("plan", [-1, 1], "BYTES")], ["age", "plan"]],
    ["no rows for pictures", [port("x", [-1, 3, 8, 8])], undefined],
    ["no rows for a width of anything", [port("x", [-1, -1])], undefined],
    ["no rows where one of two inputs is wide", [port("x", [-1, 3]), port("y", [-1])], undefined],
  ])("has %s", (_what, ports, names) => {
    expect(featuresOfPorts(ports)?.map(({ name }) => name)).toEqual(names);
  });

  it("is a request with tensors otherwise: of the example where it fits, else of zeros; none where they are too large", () => {
    const picture = [port("x", [-1, 2, 2])];

    expect(exampleTensors(picture, [1, 2, 3, 4])).toEqual({ inputs: [{ name: "x", datatype: "FP32", shape: [1, 2, 2], data: [1, 2, 3, 4] }] });
    expect(exampleTensors(picture, [1, 2])).toMatchObject({ inputs: [{ data: [0, 0, 0, 0] }] });
    expect(exampleTensors([port("t", [-1], "BYTES"), port("b", [-1, 2], "BOOL")])).toMatchObject({ inputs: [{ data: [""] }, { data: [false, false] }] });
    expect(exampleTensors([port("x", [-1, 3, 224, 224])])).toBeUndefined();
  });
});

describe("the rows that a form begins with", () => {
  const features = [
    { name: "age", datatype: "INT64" },
    { name: "plan", datatype: "BYTES" },
  ];

  it("hold null for what an example lacks, and read an example without names by place", () => {
    const drafts = draftsOf(features, [
      { cells: { age: 31 }, source: "inputExample" },
      { cells: { feature_0: 4, feature_1: "pro" }, source: "captured", at: 5 },
    ]);

    expect(drafts).toEqual([
      { row: { age: 31, plan: null }, from: "inputExample" },
      { row: { age: 4, plan: "pro" }, from: "captured", at: 5 },
    ]);
  });

  it("are zeros and empty texts where there is no example", () => {
    expect(draftsOf(features, [])).toEqual([{ row: { age: 0, plan: "" }, from: "signature" }]);
  });
});

describe("what is typed into a form", () => {
  it.each([
    ["12", "INT64", 12],
    ["9007199254740993", "INT64", "9007199254740993"],
    ["1e300", "FP64", 1e300],
    ["", "FP32", null],
    ["true", "BOOL", true],
    ["", "BYTES", ""],
    ["soon", "FP32", "soon"],
  ])("%j is sent as a value of %s, never rounded: %j", (text, datatype, cell) => {
    expect(cellOf(text, { name: "x", datatype })).toBe(cell);
  });
});
