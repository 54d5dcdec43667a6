import {
  CreateEndpointCommand,
  CreateEndpointConfigCommand,
  type CreateEndpointConfigCommandInput,
  CreateModelCommand,
  DeleteEndpointCommand,
  DescribeEndpointCommand,
  ListEndpointsCommand,
  UpdateEndpointCommand,
  UpdateEndpointWeightsAndCapacitiesCommand,
} from "@aws-sdk/client-sagemaker";
import { InvokeEndpointCommand } from "@aws-sdk/client-sagemaker-runtime";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { linearModel } from "#test/support/onnx-model.ts";
import { startTestPlatform, type TestPlatform } from "#test/support/platform.ts";
import { archiveOf, type PlatformClients, platformClients } from "./platform-clients.ts";

let platform: TestPlatform;
let clients: PlatformClients;
const bucket = "capstan-artifacts";
beforeAll(async () => {
  platform = await startTestPlatform();
  clients = platformClients(platform);
  const { objects } = clients;
  await objects.put({ bucket, key: "models/one.tar.gz" }, await archiveOf({ "model.onnx": linearModel([1]), "readme.txt": "one" }));
  await objects.put({ bucket, key: "models/ten/linear.onnx" }, linearModel([10]));
  await objects.put({ bucket, key: "models/broken.tar.gz" }, await archiveOf({ "model.onnx": "no model at all" }));
  await objects.put({ bucket, key: "models/empty.tar.gz" }, await archiveOf({ "readme.txt": "nothing" }));
  await model("one", `s3://${bucket}/models/one.tar.gz`);
  await model("ten", `s3://${bucket}/models/ten/`);
  await model("broken", `s3://${bucket}/models/broken.tar.gz`);
  await model("empty", `s3://${bucket}/models/empty.tar.gz`);
});
afterAll(async () => {
  clients.destroy();
  await platform.stop();
});

const model = (ModelName: string, ModelDataUrl: string) =>
  clients.sageMaker.send(new CreateModelCommand({ ModelName, PrimaryContainer: { Image: "any", ModelDataUrl } }));
const config = (name: string, weights: Readonly<Record<string, number>>, fields: Partial<CreateEndpointConfigCommandInput> = {}) =>
  clients.sageMaker.send(
    new CreateEndpointConfigCommand({
      EndpointConfigName: name,
      ProductionVariants: Object.entries(weights).map(([ModelName, InitialVariantWeight]) => ({
        VariantName: `v-${ModelName}`,
        ModelName,
        InitialVariantWeight,
        InstanceType: "ml.m5.large" as const,
        InitialInstanceCount: 1,
      })),
      ...fields,
    }),
  );
const create = (EndpointName: string, EndpointConfigName: string) => clients.sageMaker.send(new CreateEndpointCommand({ EndpointName, EndpointConfigName }));
const read = (EndpointName: string) => clients.sageMaker.send(new DescribeEndpointCommand({ EndpointName }));
const weightsOf = async (name: string) =>
  Object.fromEntries((await read(name)).ProductionVariants?.map(({ VariantName, CurrentWeight }) => [VariantName, CurrentWeight]) ?? []);
async function ask(EndpointName: string, TargetVariant?: string): Promise<readonly [string, string | undefined]> {
  const { Body, InvokedProductionVariant } = await clients.runtime.send(
    new InvokeEndpointCommand({ EndpointName, ContentType: "text/csv", Accept: "text/csv", Body: "2\n", TargetVariant }),
  );
  return [Body.transformToString().trim(), InvokedProductionVariant];
}
const platformEndpoint = async (name: string) =>
  ((await (await fetch(`${platform.url}/capstan/v1/endpoints/${name}`)).json()) as { readonly endpoint: Readonly<Record<string, unknown>> }).endpoint;

describe("a SageMaker endpoint through AWS's own clients", () => {
  it("serves archives and folders of models, as an endpoint of the platform with shares for weights", async () => {
    await config("both", { one: 1, ten: 3 });

    await create("both", "both");

    expect(await read("both")).toMatchObject({ EndpointStatus: "InService", EndpointConfigName: "both" });
    expect(await weightsOf("both")).toEqual({ "v-one": 1, "v-ten": 3 });
    expect(await ask("both", "v-one")).toEqual(["2", "v-one"]);
    expect(await ask("both", "v-ten")).toEqual(["20", "v-ten"]);
    expect(await platformEndpoint("both")).toMatchObject({
      updatedBy: "sagemaker",
      variants: [
        { name: "v-one", modelName: "one", weight: 0.25 },
        { name: "v-ten", modelName: "ten", weight: 0.75 },
      ],
    });
  });

  it.each([
    ["broken", /did not pass the ping health check: .*cannot be loaded/],
    ["empty", /must hold one .onnx file/],
  ])("fails for a model that cannot be served, says why, and can then be deleted: %s", async (name, reason) => {
    await config(name, { [name]: 1 });
    await create(name, name);

    expect(await read(name)).toMatchObject({ EndpointStatus: "Failed", FailureReason: expect.stringMatching(reason) });
    await expect(create(name, "both")).rejects.toMatchObject({ name: "ValidationException", message: expect.stringMatching(/already existing endpoint/) });
    await clients.sageMaker.send(new DeleteEndpointCommand({ EndpointName: name }));
    await expect(read(name)).rejects.toThrow(/Could not find endpoint/);
  });

  it("goes on as before when it cannot be brought to a new configuration", async () => {
    await config("steady", { one: 1 });
    await config("unservable", { empty: 1 });
    await create("steady", "steady");

    await clients.sageMaker.send(new UpdateEndpointCommand({ EndpointName: "steady", EndpointConfigName: "unservable" }));

    expect(await read("steady")).toMatchObject({
      EndpointStatus: "InService",
      EndpointConfigName: "steady",
      FailureReason: expect.stringMatching(/must hold one .onnx file/),
    });
    expect(await ask("steady")).toEqual(["2", "v-one"]);
  });

  it("keeps its variants' weights over an update that asks for that", async () => {
    await config("kept-before", { one: 1, ten: 1 });
    await config("kept-after", { one: 5, ten: 5 });
    await create("kept", "kept-before");
    const weights = [{ VariantName: "v-one", DesiredWeight: 9, DesiredInstanceCount: 2 }];
    await clients.sageMaker.send(new UpdateEndpointWeightsAndCapacitiesCommand({ EndpointName: "kept", DesiredWeightsAndCapacities: weights }));
    const update = { EndpointName: "kept", EndpointConfigName: "kept-after", RetainAllVariantProperties: true };

    await clients.sageMaker.send(new UpdateEndpointCommand(update));
    const retained = await read("kept");
    const excluded = [{ VariantPropertyType: "DesiredWeight" as const }];
    await clients.sageMaker.send(new UpdateEndpointCommand({ ...update, ExcludeRetainedVariantProperties: excluded }));

    expect(retained.ProductionVariants).toMatchObject([
      { VariantName: "v-one", CurrentWeight: 9, DesiredInstanceCount: 2 },
      { VariantName: "v-ten", CurrentWeight: 1, DesiredInstanceCount: 1 },
    ]);
    expect(await weightsOf("kept")).toEqual({ "v-one": 5, "v-ten": 5 });
  });

  it("shows endpoints that the platform's own API changed or deleted as they are", async () => {
    await config("shared", { one: 3, ten: 1 });
    await create("shared", "shared");
    const headers = { "content-type": "application/json" };
    const body = JSON.stringify({ weights: { "v-one": 0.5, "v-ten": 0.5 }, reason: "by hand" });
    const changed = await fetch(`${platform.url}/capstan/v1/endpoints/shared/weights`, { method: "PUT", headers, body });
    expect(changed.status).toBe(200);

    const shown = await weightsOf("shared");
    const deleted = await fetch(`${platform.url}/capstan/v1/endpoints/shared?reason=done`, { method: "DELETE" });

    expect(shown).toEqual({ "v-one": 0.5, "v-ten": 0.5 });
    expect(deleted.status).toBe(200);
    await expect(read("shared")).rejects.toThrow(/Could not find endpoint/);
    await create("shared", "shared");
    expect(await weightsOf("shared")).toEqual({ "v-one": 3, "v-ten": 1 });
  });

  it("captures the configured share of its predictions, where the platform's monitors look", async () => {
    const capture = {
      EnableCapture: true,
      InitialSamplingPercentage: 40,
      DestinationS3Uri: "s3://elsewhere/captured",
      CaptureOptions: [{ CaptureMode: "Input" as const }, { CaptureMode: "Output" as const }],
    };
    await config("captured", { one: 1 }, { DataCaptureConfig: capture });
    await create("captured", "captured");

    expect(await platformEndpoint("captured")).toMatchObject({ captureRate: 0.4 });
    expect((await read("captured")).DataCaptureConfig).toMatchObject({ CurrentSamplingPercentage: 40, DestinationS3Uri: "s3://capstan-data/captures" });
  });

  it.each([
    ["weights of nothing", { one: 0 }, {}, /at least one weight above 0/],
    [
      "a shadow variant",
      { one: 1 },
      { ShadowProductionVariants: [{ VariantName: "s", ModelName: "ten", InstanceType: "ml.m5.large" as const }] },
      /ShadowProductionVariants is not offered/,
    ],
    ["asynchronous inference", { one: 1 }, { AsyncInferenceConfig: { OutputConfig: { S3OutputPath: "s3://a/b" } } }, /AsyncInferenceConfig is not offered/],
  ])("refuses a configuration with %s, rather than to ignore it", async (_title, weights, fields, message) => {
    await expect(config("refused", weights, fields)).rejects.toMatchObject({ name: "ValidationException", message: expect.stringMatching(message) });
  });

  it("outlives a platform that is killed", async () => {
    await platform.restart();
    clients.destroy();
    clients = platformClients(platform);

    const { Endpoints = [] } = await clients.sageMaker.send(new ListEndpointsCommand({ SortBy: "Name", SortOrder: "Ascending", StatusEquals: "InService" }));
    expect(Endpoints.map(({ EndpointName }) => EndpointName)).toEqual(["both", "captured", "kept", "shared", "steady"]);
    await expect.poll(() => ask("both", "v-ten").catch(() => undefined), { timeout: 20_000 }).toEqual(["20", "v-ten"]);
  });
});
