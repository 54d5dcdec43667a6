import { describe, expect, it } from "vitest";
import type { CaptureRecord } from "#contracts/sagemaker/capture.ts";
import { capturedRows, featureNames } from "#core/monitoring/captured-rows.ts";

type Encoding = NonNullable<CaptureRecord["captureData"]["endpointInput"]>["encoding"];

/** The cells of a captured prediction with these bodies. */
function cells(input: unknown, output: unknown = { predictions: [] }, encoding: Encoding = "JSON") {
  const payload = (mode: "INPUT" | "OUTPUT", body: unknown) => ({
    observedContentType: "text/plain",
    mode,
    encoding,
    data: typeof body === "string" ? body : JSON.stringify(body),
  });
  const record: CaptureRecord = {
    captureData: { endpointInput: payload("INPUT", input), endpointOutput: payload("OUTPUT", output) },
    eventMetadata: { eventId: "1", inferenceTime: "2026-03-01T00:00:00Z" },
    eventVersion: "0",
  };
  return capturedRows(record).map((row) => row.cells);
}

const twoRows = [
  { age: 30, plan: "pro" },
  { age: 40, plan: null },
];

describe("rows of a captured prediction", () => {
  it.each([
    ["one feature", [[7], [8]], ["age"], [{ age: 7 }, { age: 8 }]],
    [
      "several",
      [
        [7, 1],
        [8, 2],
      ],
      ["age", "plan"],
      [
        { age: 7, plan: 1 },
        { age: 8, plan: 2 },
      ],
    ],
  ])("that name nothing take the names of a reference, in its order: %s", (_, instances, reference, expected) => {
    const names = featureNames(reference);
    const found = cells({ instances }).map((row) => Object.fromEntries(Object.entries(row).map(([name, cell]) => [names.get(name), cell])));

    expect(found).toEqual(expected);
  });

  it.each([
    ["V1 instances of objects", { instances: twoRows }],
    ["MLflow dataframe_records", { dataframe_records: twoRows }],
    [
      "MLflow dataframe_split",
      {
        dataframe_split: {
          columns: ["age", "plan"],
          data: [
            [30, "pro"],
            [40, null],
          ],
        },
      },
    ],
    ["MLflow named inputs", { inputs: { age: [30, 40], plan: [["pro"], [null]] } }],
    [
      "V2 tensors of one column each",
      {
        inputs: [
          { name: "age", shape: [2, 1], datatype: "FP32", data: [30, 40] },
          { name: "plan", shape: [2], datatype: "BYTES", data: ["pro", null] },
        ],
      },
    ],
  ])("have the names of %s", (_protocol, body) => {
    expect(cells(body)).toEqual(twoRows);
  });

  it.each([
    [
      "V1 instances of lists",
      {
        instances: [
          [1, 2],
          [3, 4],
        ],
      },
    ],
    ["one V2 tensor", { inputs: [{ name: "input", shape: [2, 2], datatype: "FP32", data: [1, 2, 3, 4] }] }],
    [
      "one nested V2 tensor",
      {
        inputs: [
          {
            name: "input",
            shape: [2, 2],
            datatype: "FP32",
            data: [
              [1, 2],
              [3, 4],
            ],
          },
        ],
      },
    ],
    [
      "a bare list",
      [
        [1, 2],
        [3, 4],
      ],
    ],
  ])("are numbered where %s name nothing", (_protocol, body) => {
    expect(cells(body)).toEqual([
      { feature_0: 1, feature_1: 2 },
      { feature_0: 3, feature_1: 4 },
    ]);
  });

  it("hold the predictions beside the features", () => {
    const outputs = [
      { name: "label", shape: [2], datatype: "INT64", data: [0, 1] },
      { name: "probabilities", shape: [2, 2], datatype: "FP32", data: [0.9, 0.1, 0.2, 0.8] },
    ];

    expect(cells({ instances: twoRows }, { predictions: [0.2, 0.7] })[0]).toEqual({ age: 30, plan: "pro", prediction: 0.2 });
    expect(cells({ instances: twoRows }, { outputs })[1]).toEqual({ age: 40, plan: null, label: 1, probabilities_0: 0.2, probabilities_1: 0.8 });
  });

  it("come from CSV, numbers as numbers", () => {
    expect(cells("1.5,pro,\n2,free,x\n", "0.1\n0.2\n", "CSV")).toEqual([
      { feature_0: 1.5, feature_1: "pro", feature_2: null, prediction: 0.1 },
      { feature_0: 2, feature_1: "free", feature_2: "x", prediction: 0.2 },
    ]);
  });

  it.each([
    ["broken JSON", '{"instances": [', "JSON"],
    ["bytes", "AAAA", "BASE64"],
    ["a document of another kind", { hello: "world" }, "JSON"],
    ["a tensor whose data do not fit its shape", { inputs: [{ name: "x", shape: [2], data: [1, 2, 3] }] }, "JSON"],
  ] as const)("are none for %s", (_what, body, encoding) => {
    expect(cells(body, "", encoding)).toEqual([]);
  });
});
