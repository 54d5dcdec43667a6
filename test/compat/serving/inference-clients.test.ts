import { execFile } from "node:child_process";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Door, httpDoor } from "#functions/inference/http-door.ts";
import { createInference } from "#functions/inference/inference.ts";
import { anEndpoint, anInference, aVariant } from "#test/support/inference.ts";
import { identityModel, linearModel } from "#test/support/onnx-model.ts";
import { pythonPath } from "#test/support/python.ts";

const linear = linearModel([2, 3], 1);
const zero = linearModel([0, 0]);
const text = identityModel("BYTES");
const signature = {
  inputs: [{ name: "x", datatype: "FP32" as const, shape: [-1, 2], columns: ["age", "visits"] }],
  outputs: [{ name: "score", datatype: "FP32" as const, shape: [-1, 1] }],
  featureNames: ["age", "visits"],
  target: "score",
  problem: "regression" as const,
};

describe("clients of other servers", () => {
  let door: Door;
  // biome-ignore lint/suspicious/noExplicitAny: what the clients saw, looked into below
  let seen: any;

  beforeAll(async () => {
    const { ctx, endpoints } = anInference([linear, zero, text]);
    endpoints.set("linear", anEndpoint([aVariant(linear, { signature }), aVariant(zero, { name: "zero", modelVersion: "2", weight: 0 })], { name: "linear" }));
    endpoints.set("text", anEndpoint([aVariant(text)], { name: "text" }));
    door = httpDoor(createInference({ ...ctx, defaultEndpoint: "linear" }));
    door.server.listen(0, "127.0.0.1");
    await once(door.server, "listening");
    const url = `http://127.0.0.1:${(door.server.address() as AddressInfo).port}`;
    const script = fileURLToPath(new URL("inference_clients.py", import.meta.url));
    const { stdout } = await promisify(execFile)(pythonPath, [script, url]);
    seen = JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
  });
  afterAll(() => door.close());

  it("tritonclient reads health and metadata", () => {
    expect(seen.triton).toMatchObject({ live: true, ready: true, model_ready: true, version_ready: true, absent_ready: false });
    expect(seen.triton.extensions).toContain("binary_tensor_data");
    expect(seen.triton.metadata).toMatchObject({ name: "linear", versions: ["1", "2"], inputs: [{ name: "x", datatype: "FP32", shape: [-1, 2] }] });
  });

  it("tritonclient predicts with tensors as bytes and as JSON, numbers and text", () => {
    expect(seen.triton.scores).toEqual([
      [[6], [7]],
      [[6], [7]],
    ]);
    expect(seen.triton.all_outputs).toEqual([[6], [7]]);
    expect(seen.triton.id).toBe("mine");
    expect(seen.triton.texts).toEqual([
      ["a", "grün"],
      ["a", "grün"],
    ]);
  });

  it("tritonclient shows why a request is refused", () => {
    expect(seen.triton.refused).toEqual(["400", "input nope must be one of the model's inputs: x"]);
  });

  it("boto3 invokes an endpoint, by weights and by target variant, in CSV and JSON", () => {
    expect(seen.boto3).toEqual({
      csv: ["6\n7\n", "text/csv; charset=utf-8", "main"],
      target: [{ predictions: [0] }, "zero"],
      refused: ["ValidationError", 400],
    });
  });

  it("MLflow's scoring client pings and predicts from a data frame", () => {
    expect(seen.mlflow).toEqual({ predictions: { 0: [6, 7] } });
  });
});
