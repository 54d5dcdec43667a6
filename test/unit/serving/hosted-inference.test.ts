import { InvokeEndpointCommand, ModelError, SageMakerRuntimeClient, ValidationError } from "@aws-sdk/client-sagemaker-runtime";
import { mockClient } from "aws-sdk-client-mock";
import { beforeEach, describe, expect, it } from "vitest";
import type { ModelSignature } from "#contracts/platform/model-signature.ts";
import { invokeEndpoint } from "#gateways/sagemaker/invoke-endpoint.ts";
import { withDependencyErrors } from "#stores/dependency-errors.ts";
import { anEndpoint, anInference, aVariant } from "#test/support/inference.ts";
import { linearModel } from "#test/support/onnx-model.ts";

const client = new SageMakerRuntimeClient({ region: "us-east-1", maxAttempts: 1 });
const aws = mockClient(client);
const $metadata = {};

const model = linearModel([2, 3], 1);
const signature: ModelSignature = {
  inputs: [{ name: "x", datatype: "FP32", shape: [-1, 2], columns: ["age", "visits"] }],
  outputs: [{ name: "score", datatype: "FP32", shape: [-1, 1] }],
  featureNames: ["age", "visits"],
  target: "score",
  problem: "regression",
};
const compute = { kind: "sagemaker", instanceType: "ml.m6i.large", instanceCount: 1 } as const;

function onSageMaker(fields: object = {}, runtime = client) {
  const server = anInference(
    [model],
    undefined,
    invokeEndpoint(() => runtime),
  );
  const variants = [aVariant(model, { name: "blue", signature, weight: 0.9 }), aVariant(model, { name: "green", modelVersion: "2", signature, weight: 0.1 })];
  server.endpoints.set("churn", anEndpoint(variants, { compute, ...fields }));
  return server;
}
const answer = (document: unknown) => aws.on(InvokeEndpointCommand).resolves({ Body: Buffer.from(JSON.stringify(document)) as never, $metadata });
const asked = () => aws.commandCalls(InvokeEndpointCommand).map(({ args }) => args[0].input);
const rows = [
  { age: 1, visits: 2 },
  { age: 3, visits: 4 },
];
const v2 = { inputs: [{ name: "x", datatype: "FP32", shape: [2, 2], data: [1, 2, 3, 4] }] };

beforeEach(() => aws.reset());

describe("an endpoint on SageMaker", () => {
  it("answers rows of columns through InvokeEndpoint", async () => {
    const server = onSageMaker({ captureRate: 1 });
    answer({ predictions: [10, 20] });

    const reply = await server.ask({ path: "/predict/churn", body: { rows } });

    expect(reply).toMatchObject({ status: 200, body: { predictions: [10, 20], variant: "blue", modelVersion: "1" } });
    expect(asked()).toEqual([
      {
        EndpointName: "capstan-dev-churn",
        TargetVariant: "blue",
        ContentType: "application/json",
        Accept: "application/json",
        Body: JSON.stringify({
          inputs: {
            x: [
              [1, 2],
              [3, 4],
            ],
          },
        }),
      },
    ]);
    expect(await server.counts("blue")).toMatchObject({ requests: 1, errors: 0, rows: 2, nullRows: 0 });
    expect(server.captured).toMatchObject([{ variant: "blue", record: { captureData: { endpointInput: { encoding: "JSON" } } } }]);
  });
  it.each([
    ["the V2 protocol", { path: "/v2/models/churn/infer", body: v2 }, { outputs: [{ name: "score", datatype: "FP32", shape: [2, 1], data: [10, 20] }] }],
    ["invocations", { path: "/endpoints/churn/invocations", body: "1,2\n3,4", headers: { "content-type": "text/csv" } }, { predictions: [10, 20] }],
  ])("answers %s alike", async (_wire, request, body) => {
    const server = onSageMaker();
    answer({ predictions: [10, 20] });

    expect(await server.ask(request)).toMatchObject({ status: 200, body });
    expect(asked()).toHaveLength(1);
  });
  it("reads outputs that the container lists by name, or by row", async () => {
    const server = onSageMaker();
    for (const predictions of [{ score: [[10], [20]] }, [{ score: [10] }, { score: [20] }]]) {
      answer({ predictions });
      expect((await server.ask({ path: "/predict/churn", body: { rows } })).body.predictions).toEqual([10, 20]);
    }
  });
  it("gives a key its own variant, whatever weights SageMaker has", async () => {
    const server = onSageMaker({ assignment: { mode: "sticky" } });
    answer({ predictions: [1, 2] });
    const variantOf = async (key: string) => (await server.ask({ path: "/predict/churn", headers: { "x-capstan-key": key }, body: { rows } })).body.variant;

    const keys = Array.from({ length: 50 }, (_, index) => `k${index}`);
    const first = await Promise.all(keys.map(variantOf));

    expect(await Promise.all(keys.map(variantOf))).toEqual(first);
    expect(new Set(first)).toEqual(new Set(["blue", "green"]));
    expect(asked().map(({ TargetVariant }) => TargetVariant)).toEqual([...first, ...first]);
  });
  it("asks no table for a prediction once it is known", async () => {
    const server = onSageMaker();
    answer({ predictions: [1, 2] });
    for (let count = 0; count < 5; count += 1) await server.ask({ path: "/predict/churn", body: { rows } });

    expect(server.state.lookups).toBe(1);
  });
  it("is answered here while SageMaker does not have it, and asked for again after some seconds", async () => {
    const server = onSageMaker();
    aws.on(InvokeEndpointCommand).rejects(new ValidationError({ message: "Endpoint capstan-dev-churn of account 1 not found.", $metadata }));
    const ask = () => server.ask({ path: "/predict/churn", body: { rows } });

    expect(await ask()).toMatchObject({ status: 200, body: { predictions: [9, 19], variant: "blue" } });
    expect((await ask()).status).toBe(200);
    expect(asked()).toHaveLength(1);
    expect(await server.counts("blue")).toMatchObject({ requests: 2, errors: 0, rows: 4 });

    server.state.clock += 5_000;
    answer({ predictions: [10, 20] });
    expect((await ask()).body.predictions).toEqual([10, 20]);
  });
  it.each([
    [
      "a container that breaks",
      new ModelError({ message: "m", OriginalStatusCode: 500, OriginalMessage: "out of memory", $metadata }),
      503,
      /answered 500: out of memory/,
    ],
    [
      "values that the model refuses",
      new ModelError({ message: "m", OriginalStatusCode: 400, OriginalMessage: "age?", $metadata }),
      400,
      /refuses these values: age\?/,
    ],
  ])("counts %s against the variant", async (_what, error, status, message) => {
    const server = onSageMaker();
    aws.on(InvokeEndpointCommand).rejects(error);

    const reply = await server.ask({ path: "/predict/churn", body: { rows } });

    expect(reply).toMatchObject({ status, body: { message: expect.stringMatching(message) } });
    expect(await server.counts("blue")).toMatchObject(status === 400 ? { requests: 1, refusals: 1, errors: 0 } : { requests: 1, refusals: 0, errors: 1 });
  });
  it("counts a service that cannot be reached against the variant, as a failure that may pass", async () => {
    const credentials = { accessKeyId: "a", secretAccessKey: "s" };
    const away = withDependencyErrors(new SageMakerRuntimeClient({ region: "us-east-1", endpoint: "http://127.0.0.1:9", credentials, maxAttempts: 1 }));
    const server = onSageMaker({}, away);

    expect((await server.ask({ path: "/predict/churn", body: { rows } })).status).toBe(503);
    expect(await server.counts("blue")).toMatchObject({ requests: 1, errors: 1 });
  });
  it("counts rows that come back without a number, as those of a broken version do", async () => {
    const server = onSageMaker();
    answer({ predictions: [null, 1] });

    await server.ask({ path: "/predict/churn", body: { rows } });

    expect(await server.counts("blue")).toMatchObject({ rows: 2, nullRows: 1 });
  });
  it("is at fault where it answers something else", async () => {
    const server = onSageMaker();
    answer({ predictions: [1, 2, 3] });

    expect(await server.ask({ path: "/predict/churn", body: { rows } })).toMatchObject({
      status: 503,
      body: { message: expect.stringMatching(/must answer output score for each of 2 rows/) },
    });
  });
  it("tells metadata from the signature", async () => {
    const server = onSageMaker();

    expect((await server.ask({ path: "/v2/models/churn", method: "GET" })).body).toMatchObject({
      inputs: [{ name: "x", datatype: "FP32", shape: [-1, 2] }],
      outputs: [{ name: "score", shape: [-1, 1] }],
    });
    expect(asked()).toEqual([]);
  });
  it("is answered here where the version has no signature", async () => {
    const server = onSageMaker();
    server.endpoints.set("plain", anEndpoint([aVariant(model)], { name: "plain", compute }));

    expect(await server.ask({ path: "/v2/models/plain/infer", body: v2 })).toMatchObject({ status: 200 });
    expect(asked()).toEqual([]);
  });
});
