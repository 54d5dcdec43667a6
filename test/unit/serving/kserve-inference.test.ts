import { describe, expect, it } from "vitest";
import { anEndpoint, anInference, aVariant } from "#test/support/inference.ts";
import { identityModel, linearModel, onnxModel } from "#test/support/onnx-model.ts";

const linear = linearModel([2, 3], 1);
const path = "/v2/models/churn/infer";
const x = (data: unknown, shape: unknown = [1, 2], fields: object = {}) => ({ inputs: [{ name: "x", datatype: "FP32", shape, data, ...fields }] });

function serving(model: Uint8Array) {
  const server = anInference([model]);
  server.endpoints.set("churn", anEndpoint([aVariant(model)]));
  return server;
}

describe("the V2 inference protocol", () => {
  it("answers with the model's outputs, echoing the id", async () => {
    const { ask } = serving(linear);

    const reply = await ask({ path, body: { id: "mine", ...x([1, 1, 0, 2], [2, 2]) } });

    expect(reply).toMatchObject({
      status: 200,
      headers: { "x-amzn-invoked-production-variant": "main" },
      body: {
        id: "mine",
        model_name: "churn",
        model_version: "1",
        parameters: { variant: "main", prediction_id: "id-0" },
        outputs: [{ name: "score", datatype: "FP32", shape: [2, 1], data: [6, 7] }],
      },
    });
  });

  it("reads nested data like flat data, and refuses lists of different lengths", async () => {
    const { ask } = serving(linear);

    expect(
      (
        await ask({
          path,
          body: x(
            [
              [1, 1],
              [0, 2],
            ],
            [2, 2],
          ),
        })
      ).body.outputs[0].data,
    ).toEqual([6, 7]);
    expect((await ask({ path, body: x([[1, 1, 0], [2]], [2, 2]) })).body.error).toMatch(/nested lists of one level must have the same length/);
  });

  it.each([
    ["an unknown input", { inputs: [{ name: "z", datatype: "FP32", shape: [1, 2], data: [1, 2] }] }, "input z must be one of the model's inputs: x"],
    ["another datatype", { inputs: [{ name: "x", datatype: "INT64", shape: [1, 2], data: [1, 2] }] }, "input x: datatype must be FP32, got INT64"],
    ["another rank", x([1, 2], [2]), "input x: shape must be [-1, 2] where -1 is any size, got [2]"],
    ["no row", x([], [0, 2]), "input x: shape must have no dimension of size 0, got [0, 2]"],
    ["too few elements", x([1, 2], [2, 2]), "input x: data must have 4 elements for shape [2, 2], got 2"],
    ["a negative size", x([1, 2], [-1, 2]), "input x: shape must be"],
    ["text for a number", x(["1", 2]), 'input x: element 0 must be a number, got "1"'],
    ["a number beyond the type", x([1e39, 2]), "input x: element 0 must be a number within FP32, got 1e+39"],
    ["no inputs", { inputs: [] }, "inputs must be a list of at least one tensor"],
    ["a list", [1], "body must be a JSON object"],
    ["an unknown output", { ...x([1, 2]), outputs: [{ name: "nope" }] }, "output nope must be one of the model's outputs: score"],
    ["an id that is no text", { ...x([1, 2]), id: 7 }, "id must be a string"],
    [
      "a prototype's name",
      { inputs: [{ name: "__proto__", datatype: "constructor", shape: [1], data: [] }] },
      "input __proto__ must be one of the model's inputs: x",
    ],
    ["a nested bomb", x(Array.from({ length: 40 }).reduce((inner) => [inner], [1] as unknown)), "input x"],
  ])("refuses %s with 400 and says why", async (_what, body, message) => {
    const reply = await serving(linear).ask({ path, body });

    expect(reply.status).toBe(400);
    expect(reply.body.error).toContain(message);
  });

  it("refuses what is not JSON, and NaN as JSON does not know it", async () => {
    const { ask } = serving(linear);

    expect(await ask({ path, body: '{"inputs": [{"name":"x","datatype":"FP32","shape":[1,2],"data":[NaN,1]}]}' })).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining("body is not valid JSON") },
    });
    expect(await ask({ path })).toMatchObject({ status: 400 });
  });

  it("takes null as a missing number and gives NaN and infinities as null, counting the rows", async () => {
    const { ask, counts } = serving(linear);

    const reply = await ask({ path, body: x([null, 1, 1, 1], [2, 2]) });

    expect(reply.body.outputs[0].data).toEqual([null, 6]);
    expect(await counts("main")).toMatchObject({ requests: 1, rows: 2, nullRows: 1, errors: 0, refusals: 0 });
  });

  it("carries 64-bit integers exactly", async () => {
    const { ask } = serving(identityModel("INT64"));

    const reply = await ask({ path, body: '{"inputs":[{"name":"x","datatype":"INT64","shape":[1,2],"data":[9007199254740993,-5]}]}' });

    expect(reply.bytes.toString()).toContain('"data":[9007199254740993,-5]');
  });

  it("takes text and gives text", async () => {
    const { ask } = serving(identityModel("BYTES"));

    expect((await ask({ path, body: { inputs: [{ name: "x", datatype: "BYTES", shape: [1, 2], data: ["", "grün"] }] } })).body.outputs[0].data).toEqual([
      "",
      "grün",
    ]);
  });

  it("takes and gives tensors as bytes after the JSON", async () => {
    const { ask } = serving(linear);
    const header = Buffer.from(
      JSON.stringify({
        inputs: [{ name: "x", datatype: "FP32", shape: [2, 2], parameters: { binary_data_size: 16 } }],
        parameters: { binary_data_output: true },
      }),
    );
    const body = Buffer.concat([header, Buffer.from(Float32Array.of(1, 1, 0, 2).buffer)]);

    const reply = await ask({ path, headers: { "inference-header-content-length": String(header.length) }, body });

    const length = Number(reply.headers["inference-header-content-length"]);
    expect(JSON.parse(reply.bytes.subarray(0, length).toString()).outputs).toEqual([
      { name: "score", datatype: "FP32", shape: [2, 1], parameters: { binary_data_size: 8 } },
    ]);
    expect([reply.bytes.readFloatLE(length), reply.bytes.readFloatLE(length + 4)]).toEqual([6, 7]);
  });

  it("captures tensors that travel as bytes in a form that can be read", async () => {
    const server = anInference([linear]);
    server.endpoints.set("churn", anEndpoint([aVariant(linear)], { captureRate: 1 }));
    const header = Buffer.from(
      JSON.stringify({
        inputs: [{ name: "x", datatype: "FP32", shape: [1, 2], parameters: { binary_data_size: 8 } }],
        parameters: { binary_data_output: true },
      }),
    );

    await server.ask({
      path,
      headers: { "inference-header-content-length": String(header.length) },
      body: Buffer.concat([header, Buffer.from(Float32Array.of(1, 1).buffer)]),
    });

    const { endpointInput, endpointOutput } = server.captured[0]?.record.captureData ?? {};
    expect(JSON.parse(endpointInput?.data ?? "")).toEqual({ inputs: [{ name: "x", datatype: "FP32", shape: [1, 2], data: [1, 1] }] });
    expect(JSON.parse(endpointOutput?.data ?? "")).toEqual({ outputs: [{ name: "score", datatype: "FP32", shape: [1, 1], data: [6] }] });
  });

  it.each([
    ["more bytes than sent", 24, 16],
    ["fewer bytes than sent", 8, 16],
    ["a size that is no number", "x", 16],
  ])("refuses a binary tensor that claims %s", async (_what, claimed, sent) => {
    const header = Buffer.from(JSON.stringify({ inputs: [{ name: "x", datatype: "FP32", shape: [2, 2], parameters: { binary_data_size: claimed } }] }));

    const reply = await serving(linear).ask({
      path,
      headers: { "inference-header-content-length": String(header.length) },
      body: Buffer.concat([header, Buffer.alloc(sent)]),
    });

    expect(reply).toMatchObject({ status: 400, body: { error: expect.stringContaining("binary_data_size") } });
  });

  it("carries text as bytes with lengths", async () => {
    const header = Buffer.from(
      JSON.stringify({
        inputs: [{ name: "x", datatype: "BYTES", shape: [1, 2], parameters: { binary_data_size: 11 } }],
        outputs: [{ name: "y", parameters: { binary_data: true } }],
      }),
    );
    const body = Buffer.concat([header, Buffer.from([1, 0, 0, 0, 0x61, 2, 0, 0, 0, 0x62, 0x63])]);

    const reply = await serving(identityModel("BYTES")).ask({ path, headers: { "inference-header-content-length": String(header.length) }, body });

    expect(reply.bytes.subarray(-11)).toEqual(body.subarray(-11));
  });

  it("describes the server and its models", async () => {
    const { ask } = serving(linear);

    expect((await ask({ method: "GET", path: "/v2" })).body.extensions).toContain("binary_tensor_data");
    expect((await ask({ method: "GET", path: "/v2/health/live" })).status).toBe(200);
    expect((await ask({ method: "GET", path: "/v2/health/ready" })).status).toBe(200);
    expect((await ask({ method: "GET", path: "/v2/models/churn/versions/1/ready" })).body).toEqual({ ready: true });
    expect((await ask({ method: "GET", path: "/v2/models/churn" })).body).toEqual({
      name: "churn",
      versions: ["1"],
      platform: "onnxruntime_onnx",
      inputs: [{ name: "x", datatype: "FP32", shape: [-1, 2] }],
      outputs: [{ name: "score", datatype: "FP32", shape: [-1, 1] }],
    });
  });

  it.each(["nope", "..%2f..%2fetc%2fpasswd", "%00", "constructor", "a".repeat(5_000), "%E0%A4%A"])("has no model %s", async (name) => {
    const reply = await serving(linear).ask({ path: `/v2/models/${name}/infer`, body: x([1, 2]) });

    expect(reply.status).toBe(404);
    expect(reply.body.error.length).toBeLessThan(300);
  });

  it("asks one version where the path names it, and knows no other", async () => {
    const other = linearModel([0, 0], 9);
    const server = anInference([linear, other]);
    server.endpoints.set("churn", anEndpoint([aVariant(linear), aVariant(other, { name: "next", modelVersion: "2", weight: 0 })]));

    expect((await server.ask({ path: "/v2/models/churn/versions/2/infer", body: x([1, 1]) })).body.outputs[0].data).toEqual([9]);
    expect((await server.ask({ path: "/v2/models/churn/versions/3/infer", body: x([1, 1]) })).status).toBe(404);
  });

  it("answers a body of 6 MB", async () => {
    const wide = linearModel(new Array(1_000).fill(0), 4);
    const row = `[${new Array(1_000).fill("1.25").join(",")}]`;
    const body = `{"inputs":[{"name":"x","datatype":"FP32","shape":[1200,1000],"data":[${new Array(1_200).fill(row).join(",")}]}]}`;

    const reply = await serving(wide).ask({ path, body });

    expect(body.length).toBeGreaterThan(6_000_000);
    expect(reply.body.outputs[0].data).toEqual(new Array(1_200).fill(4));
  });

  it("gives back several outputs, or those asked for", async () => {
    const two = onnxModel({
      inputs: [{ name: "x", datatype: "FP32", shape: ["n", 2] }],
      outputs: [
        { name: "same", datatype: "FP32", shape: ["n", 2] },
        { name: "minus", datatype: "FP32", shape: ["n", 2] },
      ],
      nodes: [
        { operator: "Identity", inputs: ["x"], outputs: ["same"] },
        { operator: "Neg", inputs: ["x"], outputs: ["minus"] },
      ],
    });

    const reply = await serving(two).ask({ path, body: { ...x([1, 2]), outputs: [{ name: "minus" }] } });

    expect(reply.body.outputs).toEqual([{ name: "minus", datatype: "FP32", shape: [1, 2], data: [-1, -2] }]);
  });
});
