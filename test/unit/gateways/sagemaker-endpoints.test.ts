import {
  CreateEndpointCommand,
  CreateEndpointConfigCommand,
  CreateModelCommand,
  DeleteModelCommand,
  DescribeEndpointCommand,
  ListEndpointConfigsCommand,
  ListEndpointsCommand,
  ListModelsCommand,
  ResourceLimitExceeded,
  SageMakerClient,
  SageMakerServiceException,
  UpdateEndpointCommand,
} from "@aws-sdk/client-sagemaker";
import { mockClient } from "aws-sdk-client-mock";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { endpointContract } from "#contracts/platform/endpoints.ts";
import { announcedEndpoints } from "#core/serving/announced-endpoints.ts";
import { putEndpoint, setWeights } from "#core/serving/endpoints.ts";
import { createTask } from "#functions/deploy-endpoint/handler.ts";
import { createHandler } from "#functions/endpoints/handler.ts";
import { describeHosted, sageMakerHosting } from "#gateways/sagemaker/endpoints.ts";
import { hostingSettings } from "#gateways/sagemaker/hosting-settings.ts";
import { call } from "#test/support/call.ts";
import { aServingContext } from "#test/support/serving.ts";

const client = new SageMakerClient({ region: "eu-central-1" });
const aws = mockClient(client);
const refusal = (message: string, name = "ValidationException") => new SageMakerServiceException({ name, message, $fault: "client", $metadata: {} });
const variables: Record<string, string> = {
  SAGEMAKER_MODEL_ROLE_ARN: "arn:aws:iam::1:role/m",
  SAGEMAKER_NAME_PREFIX: "capstan-dev",
  INFERENCE_IMAGE: "repo:1",
};
const hosting = hostingSettings((name) => variables[name], "data");
const compute = { kind: "sagemaker", instanceType: "ml.m6i.large", instanceCount: 1 } as const;
const wanted = { name: "churn", description: "", tags: {}, assignment: { mode: "random" }, captureRate: 0.5, batching: true, reason: "" } as const;

function aDeployment() {
  const { ctx } = aServingContext();
  const announced: string[] = [];
  const serving = { ...ctx, ...(hosting && { hosting }), endpoints: announcedEndpoints(ctx.endpoints, async (name) => void announced.push(name)) };
  const run = createTask({ endpoints: serving.endpoints, service: sageMakerHosting(client), hosting });
  const put = async (on: typeof compute | { kind: "lambda" } = compute) =>
    await putEndpoint(serving, { ...wanted, variants: [{ name: "main", modelName: "churn", modelVersion: "1", weight: 1 }], compute: on }, "tester");
  return { serving, announced, put, deploy: async () => await run({ detail: { endpoint: "churn" } }), heal: async () => await run({}) };
}

beforeEach(() => {
  aws.reset();
  aws.on(DescribeEndpointCommand).rejects(refusal('Could not find endpoint "capstan-dev-churn".'));
  aws.on(ListEndpointConfigsCommand).resolves({ EndpointConfigs: [] });
  aws.on(ListModelsCommand).resolves({ Models: [] });
  aws.on(ListEndpointsCommand).resolves({ Endpoints: [] });
});
afterAll(() => client.destroy());

describe("deploy-endpoint", () => {
  it("makes model, configuration and endpoint, capturing in SageMaker's own way", async () => {
    const { put, deploy } = aDeployment();
    await put();

    expect(await deploy()).toEqual({ endpoints: [{ endpoint: "churn", outcome: "settled", reason: "" }] });
    const model = aws.commandCalls(CreateModelCommand)[0]?.args[0].input;
    expect(model).toMatchObject({
      ExecutionRoleArn: "arn:aws:iam::1:role/m",
      PrimaryContainer: {
        Image: "repo:1",
        ModelDataSource: { S3DataSource: { S3Uri: "s3://artifacts/churn/1/", S3DataType: "S3Prefix", CompressionType: "None" } },
      },
    });
    expect(model?.ModelName).toMatch(/^capstan-dev-[0-9a-f]{12}-1{12}-[0-9a-f]{8}$/);
    const config = aws.commandCalls(CreateEndpointConfigCommand)[0]?.args[0].input;
    expect(config).toMatchObject({
      ProductionVariants: [
        { VariantName: "main", ModelName: model?.ModelName, InstanceType: "ml.m6i.large", InitialInstanceCount: 1, InitialVariantWeight: 1 },
      ],
      DataCaptureConfig: { EnableCapture: true, InitialSamplingPercentage: 50, DestinationS3Uri: "s3://data/captures" },
    });
    expect(aws.commandCalls(CreateEndpointCommand)[0]?.args[0].input).toEqual({
      EndpointName: "capstan-dev-churn",
      EndpointConfigName: config?.EndpointConfigName,
    });
  });

  it("goes on where another run has made the same before", async () => {
    const { put, deploy } = aDeployment();
    await put();
    aws.on(CreateModelCommand).rejects(refusal("Cannot create already existing model"));
    aws.on(CreateEndpointConfigCommand).rejects(refusal("Cannot create already existing endpoint configuration"));
    aws.on(CreateEndpointCommand).rejects(refusal("Cannot create already existing endpoint"));

    expect(await deploy()).toMatchObject({ endpoints: [{ outcome: "settled" }] });
  });

  it.each<[string, Error, string, string]>([
    [
      "names a quota that is used up",
      new ResourceLimitExceeded({ message: "The account-level service limit 'ml.m6i.large for endpoint usage' is 0 Instances", $metadata: {} }),
      "waiting",
      'SageMaker quota "ml.m6i.large for endpoint usage" is used up',
    ],
    [
      "says what SageMaker refuses",
      refusal("Requested image repo:1 not found"),
      "refused",
      "SageMaker refuses createEndpoint: Requested image repo:1 not found",
    ],
  ])("%s", async (_what, error, outcome, reason) => {
    const { put, deploy } = aDeployment();
    await put();
    aws.on(CreateEndpointCommand).rejects(error);

    expect(await deploy()).toEqual({ endpoints: [{ endpoint: "churn", outcome, reason: expect.stringContaining(reason) }] });
  });

  it("waits for an endpoint that began to move meanwhile, and takes weights from the new configuration", async () => {
    const { put, deploy } = aDeployment();
    await put();
    aws.on(DescribeEndpointCommand).resolves({ EndpointStatus: "InService", EndpointConfigName: "another", ProductionVariants: [] });
    aws.on(UpdateEndpointCommand).rejects(refusal("Cannot update in-progress endpoint"));

    expect(await deploy()).toMatchObject({ endpoints: [{ outcome: "waiting", reason: expect.stringContaining("in-progress") }] });
    expect(aws.commandCalls(UpdateEndpointCommand)[0]?.args[0].input).toMatchObject({ RetainAllVariantProperties: false });
  });

  it("removes by schedule what no endpoint asks for, and only what begins with the stage's prefix", async () => {
    const { heal } = aDeployment();
    aws.on(ListEndpointsCommand).resolves({
      Endpoints: ["capstan-dev-old", "x-capstan-dev-not-ours"].map((EndpointName) => ({
        EndpointName,
        EndpointArn: "",
        CreationTime: new Date(0),
        LastModifiedTime: new Date(0),
        EndpointStatus: "InService",
      })),
    });
    aws.on(DescribeEndpointCommand).resolves({ EndpointStatus: "InService", EndpointConfigName: "c" });

    expect(await heal()).toEqual({ endpoints: [{ endpoint: "old", outcome: "settled", reason: "" }] });
    expect(aws.commandCalls(DeleteModelCommand)).toHaveLength(0);
    expect(aws.calls().map(({ args }) => args[0].constructor.name)).toContain("DeleteEndpointCommand");
  });
});

describe("an endpoint with compute in SageMaker", () => {
  it("is announced after each change, also when it leaves SageMaker, and others are not", async () => {
    const { serving, announced, put } = aDeployment();
    await put({ kind: "lambda" });
    expect(announced).toEqual([]);

    await put();
    await setWeights(serving, { name: "churn", weights: { main: 1 }, reason: "" }, "tester");
    await put({ kind: "lambda" });

    expect(announced).toEqual(["churn", "churn"]);
  });

  it("is refused where the deployment has no model role, and nothing is kept", async () => {
    const { ctx } = aServingContext();
    const fields = { name: "churn", variants: [{ modelName: "churn", modelVersion: "1" }], compute };

    const { status, body } = await call(createHandler(ctx), endpointContract, "putEndpoint", fields);

    expect(status).toBe(400);
    expect(body.message).toMatch(/^compute.kind must be lambda where SAGEMAKER_MODEL_ROLE_ARN is not set, got sagemaker/);
    expect(await ctx.endpoints.find("churn")).toBeUndefined();
  });

  it("is offered with the list of endpoints as far as the deployment can host it", async () => {
    const { ctx } = aServingContext();
    const offered = async (given: Readonly<Record<string, string | undefined>>) => {
      const settings = hostingSettings((name) => given[name], "data");
      return (await call(createHandler({ ...ctx, ...(settings && { hosting: settings }) }), endpointContract, "listEndpoints", {})).body.hosting;
    };

    expect(await offered({})).toBe("unavailable");
    expect(await offered({ ...variables, INFERENCE_IMAGE: undefined })).toBe("imageNeeded");
    expect(await offered(variables)).toBe("available");
  });

  it("shows what SageMaker says of it", async () => {
    const { serving, put } = aDeployment();
    await put();
    aws.on(DescribeEndpointCommand).resolves({ EndpointStatus: "Failed", EndpointConfigName: "c", FailureReason: "did not pass the ping health check" });
    const handler = createHandler({ ...serving, startRolloutMachine: async () => {} }, (name) => describeHosted(client, name));

    const { body } = await call(handler, endpointContract, "getEndpoint", { name: "churn" });

    expect(body.endpoint.compute).toEqual({
      ...compute,
      status: { endpointName: "capstan-dev-churn", state: "failed", reason: "did not pass the ping health check" },
    });
  });
});
