import { describe, expect, it } from "vitest";
import { mlflowSignature, platformSignature } from "../../../web/src/models/signature.ts";

describe("the signature of a version", () => {
  it("comes from the platform's description with the columns of each tensor", () => {
    const text = JSON.stringify({
      signature: {
        inputs: [{ name: "input", datatype: "FP32", shape: [-1, 2], columns: ["age", "|weight|"] }],
        outputs: [{ name: "label", datatype: "INT64", shape: [-1] }],
      },
    });

    expect(platformSignature(text)).toEqual([
      { side: "input", name: "input", type: "FP32 [any, 2]", columns: ["age", "|weight|"], required: true },
      { side: "output", name: "label", type: "INT64 [any]", columns: [], required: true },
    ]);
  });

  it.each(["", "{}", "null", "not json", '{"signature": {"inputs": 3}}'])("is unknown where the description is %j", (text) => {
    expect(platformSignature(text)).toBeUndefined();
  });

  it("comes from MLmodel as MLflow folds and quotes it there", () => {
    const text = `flavors:
  sklearn: {}
signature:
  inputs: '[{"type": "double", "name": "it''s", "required": true}, {"type": "string",
    "name": "city", "required": false}]'
  outputs: '[{"type": "tensor", "tensor-spec": {"dtype": "int64", "shape": [-1]}}]'
  params: '[{"name": "top", "default": 3, "shape": null, "type": "long"}]'
utc_time_created: '2026-01-01'
`;

    expect(mlflowSignature(text)).toEqual([
      { side: "input", name: "it's", type: "double", columns: [], required: true },
      { side: "input", name: "city", type: "string", columns: [], required: false },
      { side: "output", name: "0", type: "int64 [any]", columns: [], required: true },
      { side: "parameter", name: "top", type: "long", columns: [], required: true },
    ]);
  });

  it.each(["flavors: {}\n", "signature:\n  inputs: 'broken\n", "signature:\n  inputs: null\n  outputs: null\n"])("is unknown where MLmodel says %j", (text) => {
    expect(mlflowSignature(text)).toBeUndefined();
  });
});
