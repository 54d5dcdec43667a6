import { describe, expect, it } from "vitest";
import type { ModelSignature } from "#contracts/platform/model-signature.ts";
import { anEndpoint, anInference, aVariant } from "#test/support/inference.ts";
import { linearModel, onnxModel } from "#test/support/onnx-model.ts";

const linear = linearModel([2, 3], 1);
const signature: ModelSignature = {
  inputs: [{ name: "x", datatype: "FP32", shape: [-1, 2], columns: ["age", "visits"] }],
  outputs: [{ name: "score", datatype: "FP32", shape: [-1, 1] }],
  featureNames: ["age", "visits"],
  target: "score",
  problem: "regression",
};
/** Takes a number and a text, one input each. */
const mixed = onnxModel({
  inputs: [
    { name: "age", datatype: "FP32", shape: ["n", 1] },
    { name: "city", datatype: "BYTES", shape: ["n", 1] },
  ],
  outputs: [
    { name: "older", datatype: "FP32", shape: ["n", 1] },
    { name: "town", datatype: "BYTES", shape: ["n", 1] },
  ],
  nodes: [
    { operator: "Add", inputs: ["age", "one"], outputs: ["older"] },
    { operator: "Identity", inputs: ["city"], outputs: ["town"] },
  ],
  constants: { one: { shape: [1], values: [1] } },
});

function serving(model: Uint8Array = linear, fields: object = { signature }) {
  const server = anInference([model]);
  server.endpoints.set("churn", anEndpoint([aVariant(model, fields)]));
  return server;
}
const path = "/endpoints/churn/invocations";

describe("scoring", () => {
  it.each([
    [
      "dataframe_split",
      {
        dataframe_split: {
          columns: ["visits", "extra", "age"],
          data: [
            [1, "?", 1],
            [2, "?", 0],
          ],
        },
      },
    ],
    [
      "dataframe_split without columns",
      {
        dataframe_split: {
          data: [
            [1, 1],
            [0, 2],
          ],
        },
      },
    ],
    [
      "dataframe_records",
      {
        dataframe_records: [
          { visits: 1, age: 1 },
          { age: 0, visits: 2 },
        ],
      },
    ],
    [
      "instances as rows",
      {
        instances: [
          [1, 1],
          [0, 2],
        ],
      },
    ],
    [
      "instances as objects",
      {
        instances: [
          { age: 1, visits: 1 },
          { age: false, visits: 2 },
        ],
      },
    ],
    [
      "inputs as a list",
      {
        inputs: [
          [1, 1],
          [0, 2],
        ],
      },
    ],
    [
      "inputs by tensor",
      {
        inputs: {
          x: [
            [1, 1],
            [0, 2],
          ],
        },
      },
    ],
    ["inputs by column", { inputs: { visits: [1, 2], age: [1, 0] } }],
    [
      "params beside",
      {
        inputs: [
          [1, 1],
          [0, 2],
        ],
        params: { temperature: 1 },
      },
    ],
  ])("reads %s", async (_form, body) => {
    expect(await serving().ask({ path, body })).toMatchObject({
      status: 200,
      headers: { "x-amzn-invoked-production-variant": "main" },
      body: { predictions: [6, 7] },
    });
  });

  it.each([
    ["SageMaker's CSV without a header", "1,1\n0,2\n"],
    ["MLflow's CSV with a header, in any order and with quotes", 'visits,"age","no,te"\r\n1,1,"a ""b"""\r\n2,0,\n'],
  ])("reads %s", async (_form, body) => {
    expect((await serving().ask({ path, headers: { "content-type": "text/csv" }, body })).body).toEqual({ predictions: [6, 7] });
  });

  it("answers in CSV where that is accepted, an empty cell where JSON has null", async () => {
    const reply = await serving().ask({ path, headers: { "content-type": "text/csv", accept: "text/csv" }, body: "1,1\n,2\n" });

    expect(reply).toMatchObject({ headers: { "content-type": "text/csv; charset=utf-8" }, body: "6\n\n" });
  });

  it("gives an object per row where the model has several outputs, and fills each input from its column", async () => {
    const reply = await serving(mixed, {}).ask({ path, body: { dataframe_split: { columns: ["city", "age"], data: [["Ulm", 41]] } } });

    expect(reply.body).toEqual({ predictions: [{ older: 42, town: "Ulm" }] });
  });

  it.each([
    ["no form", {}, "body must have exactly one of dataframe_split, dataframe_records, instances, inputs, got none of them"],
    ["two forms", { inputs: [], instances: [] }, "got instances, inputs"],
    ["no rows", { instances: [] }, "instances must have at least one row, got none"],
    ["empty records", { dataframe_records: [] }, "dataframe_records must be a list of objects, at least one"],
    ["a missing column", { dataframe_records: [{ age: 1 }] }, "columns must include visits, got age"],
    ["a short row", { dataframe_split: { data: [[1, 1], [1]] } }, "row 1 must have 2 values, got 1"],
    ["text for a number", { dataframe_records: [{ age: "old", visits: 1 }] }, 'input x: element 0 must be a number, got "old"'],
    ["ragged instances", { instances: [[1, 2], [1], [1, 2, 3]] }, "row 1 must have 2 values, got 1"],
    ["columns of different lengths", { inputs: { age: [1], visits: [1, 2] } }, "inputs.visits must have as many values as the others, 1"],
    ["params that are no object", { inputs: [[1, 1]], params: 3 }, "params must be an object"],
    ["a prototype's name", { dataframe_records: [{ __proto__: null, constructor: 1 }] }, "columns must include age, visits"],
  ])("refuses %s in SageMaker's form", async (_what, body, message) => {
    const reply = await serving().ask({ path, body });

    expect(reply).toMatchObject({ status: 400, headers: { "x-amzn-errortype": "ValidationError" } });
    expect(reply.body.message).toContain(message);
  });

  it("refuses an unknown content type, CSV with an open quote, and a variant that does not exist", async () => {
    const { ask } = serving();

    expect((await ask({ path, headers: { "content-type": "image/png" }, body: "x" })).body.message).toBe(
      "Content-Type must be application/json or text/csv, got image/png",
    );
    expect((await ask({ path, headers: { "content-type": "text/csv" }, body: '"1,2' })).body.message).toBe("CSV row 0 has a quote that does not end");
    expect(await ask({ path, headers: { "x-amzn-sagemaker-target-variant": "nope" }, body: { inputs: [[1, 1]] } })).toMatchObject({
      status: 400,
      body: { message: "variant must be one of main (version 1), got nope" },
    });
  });

  it("answers /invocations for the endpoint that a header names, and says so without one", async () => {
    const { ask } = serving();

    expect((await ask({ path: "/invocations", headers: { "x-capstan-endpoint": "churn" }, body: { inputs: [[1, 1]] } })).body).toEqual({ predictions: [6] });
    expect((await ask({ path: "/invocations", body: { inputs: [[1, 1]] } })).body.message).toContain("X-Capstan-Endpoint");
  });

  it("predicts for rows of named columns", async () => {
    const { ask } = serving();

    const reply = await ask({ path: "/predict/churn", body: { rows: [{ age: 1, visits: 1 }] } });

    expect(reply.body).toEqual({ predictions: [6], endpoint: "churn", variant: "main", modelName: "churn", modelVersion: "1", predictionId: "id-0" });
    expect((await ask({ path: "/predict/churn", body: { rows: [] } })).body).toEqual({
      error_code: "INVALID_PARAMETER_VALUE",
      message: "rows must have at least one row, got none",
    });
    expect((await ask({ path: "/predict/churn", body: { rows: [3] } })).body.message).toBe("rows must be a list of objects, one value per column");
    expect((await ask({ path: "/predict/churn", body: { rows: [{ age: 1, visits: 1 }], variant: "nope" } })).status).toBe(400);
  });

  it("captures rows of named columns as data frame records", async () => {
    const server = serving();
    server.endpoints.set("churn", anEndpoint([aVariant(linear, { signature })], { captureRate: 1 }));

    await server.ask({ path: "/predict/churn", body: { rows: [{ age: 1, visits: 1 }] } });

    expect(server.captured[0]?.record.captureData.endpointInput?.data).toBe('{"dataframe_records":[{"age":1,"visits":1}]}');
  });

  it("answers health checks", async () => {
    const { ask } = serving();

    expect((await ask({ method: "GET", path: "/health" })).body).toEqual({ status: "ok" });
    expect((await ask({ method: "GET", path: "/ping" })).status).toBe(200);
    expect((await ask({ method: "GET", path: "/predict/churn" })).status).toBe(405);
    expect((await ask({ method: "GET", path: "/elsewhere" })).status).toBe(404);
  });

  it("captures what travelled, under the caller's id, and all or nothing for the same id", async () => {
    const server = serving();
    server.endpoints.set("churn", anEndpoint([aVariant(linear, { signature })], { captureRate: 0.5 }));
    const send = (id: string) => server.ask({ path, headers: { "content-type": "text/csv", "x-amzn-sagemaker-inference-id": id }, body: "1,1" });

    for (let index = 0; index < 200; index++) await send(`order-${index}`);
    const ids = server.captured.map(({ record }) => record.eventMetadata.inferenceId);
    for (const id of ids.slice(0, 5)) await send(id ?? "");

    expect(ids.length).toBeGreaterThan(70);
    expect(ids.length).toBeLessThan(130);
    expect(server.captured).toHaveLength(ids.length + 5);
    expect(server.captured[0]).toEqual({
      variant: "main",
      record: {
        captureData: {
          endpointInput: { observedContentType: "text/csv", mode: "INPUT", data: "1,1", encoding: "CSV" },
          endpointOutput: { observedContentType: "application/json", mode: "OUTPUT", data: '{"predictions":[6]}', encoding: "JSON" },
        },
        eventMetadata: { eventId: ids[0], inferenceId: ids[0], inferenceTime: "1970-01-01T00:00:00.000Z" },
        eventVersion: "0",
      },
    });
  });
});
