import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Endpoint } from "#contracts/platform/endpoint.ts";
import { type HostingSettings, hostingOf } from "#core/serving/sagemaker-hosting.ts";
import { type Found, type HostingCall, planHosting } from "#core/serving/sagemaker-plan.ts";

const settings: HostingSettings = {
  namePrefix: "capstan-dev",
  modelRoleArn: "arn:aws:iam::123456789012:role/model",
  image: "123456789012.dkr.ecr.eu-central-1.amazonaws.com/capstan:1",
  dataBucket: "data",
  sha256: (text) => createHash("sha256").update(text).digest("hex"),
};
const aVariant = (version: number, weight: number) => ({
  name: `v${version}`,
  modelName: "churn",
  modelVersion: String(version),
  modelUri: `s3://artifacts/churn/${version}`,
  digest: String(version).repeat(64),
  weight,
});
const anEndpoint = (fields: Partial<Endpoint> = {}): Endpoint => ({
  name: "churn",
  description: "",
  tags: {},
  variants: [aVariant(1, 0.75), aVariant(2, 0.25)],
  assignment: { mode: "random" },
  captureRate: 0,
  batching: true,
  compute: { kind: "sagemaker", instanceType: "ml.m6i.large", instanceCount: 1 },
  revision: 1,
  createdAt: 0,
  updatedAt: 0,
  updatedBy: "tester",
  ...fields,
});
const wanted = (fields: Partial<Endpoint> = {}) => hostingOf(anEndpoint(fields), settings);
const nothing: Found = { endpointName: "capstan-dev-churn", configs: [], models: [] };

/** SageMaker as it is after a call, with every motion at its end. */
function after(found: Found, step: HostingCall, configs: Map<string, Readonly<Record<string, number>>>): Found {
  const { endpoint: _gone, ...without } = found;
  switch (step.call) {
    case "createModel":
      return { ...found, models: [...found.models, step.model.name] };
    case "createConfig":
      configs.set(step.hosting.configName, Object.fromEntries(step.hosting.variants.map(({ name, weight }) => [name, weight])));
      return { ...found, configs: [...found.configs, step.hosting.configName] };
    case "createEndpoint":
    case "updateEndpoint":
      return { ...found, endpoint: { status: "InService", configName: step.configName, weights: configs.get(step.configName) ?? {}, reason: "" } };
    case "updateWeights":
      return found.endpoint
        ? { ...found, endpoint: { ...found.endpoint, weights: Object.fromEntries(step.variants.map(({ name, weight }) => [name, weight])) } }
        : found;
    case "deleteEndpoint":
      return without;
    case "deleteConfig":
      return { ...found, configs: found.configs.filter((name) => name !== step.name) };
    default:
      return { ...found, models: found.models.filter((name) => name !== step.name) };
  }
}
function settled(endpoint: Partial<Endpoint>, start = nothing): Found {
  const configs = new Map<string, Readonly<Record<string, number>>>();
  let found = start;
  for (let pass = 0; pass < 3; pass++) for (const step of planHosting(wanted(endpoint), found).calls) found = after(found, step, configs);
  return found;
}
const calls = (endpoint: Partial<Endpoint>, found: Found) => planHosting(wanted(endpoint), found).calls.map(({ call }) => call);
const motion = (status: NonNullable<Found["endpoint"]>["status"], found = settled({})): Found =>
  found.endpoint ? { ...found, endpoint: { ...found.endpoint, status } } : found;

describe("the plan for SageMaker", () => {
  const heavier = { variants: [aVariant(1, 0.5), aVariant(2, 0.5)] };
  const third = { variants: [aVariant(3, 1)] };
  it.each<[string, Partial<Endpoint>, () => Found, string[], boolean]>([
    ["makes models, configuration and endpoint", {}, () => nothing, ["createModel", "createModel", "createConfig", "createEndpoint"], false],
    ["does nothing when all is so", {}, () => settled({}), [], false],
    ["moves weights alone", heavier, () => settled({}), ["updateWeights"], false],
    ["moves to another configuration", third, () => settled({}), ["createModel", "createConfig", "updateEndpoint"], true],
    ["waits while the endpoint moves", third, () => motion("Updating"), [], true],
    ["asks for nothing while it makes what is wanted", {}, () => motion("Creating"), [], false],
    ["leaves what has failed", {}, () => motion("Failed"), [], false],
    ["replaces what has failed by another state", third, () => motion("Failed"), ["deleteEndpoint"], true],
    ["removes everything", { compute: { kind: "lambda" } }, () => settled({}), ["deleteEndpoint", "deleteConfig", "deleteModel", "deleteModel"], false],
    ["cannot remove what moves", { compute: { kind: "lambda" } }, () => motion("Creating"), [], true],
    [
      "renews a configuration that was left behind",
      {},
      () => ({ ...nothing, configs: settled({}).configs }),
      ["deleteConfig", "createModel", "createModel", "createConfig", "createEndpoint"],
      false,
    ],
  ])("%s", (_what, endpoint, found, expected, waits) => {
    expect(calls(endpoint, found())).toEqual(expected);
    expect(planHosting(wanted(endpoint), found()).wait !== undefined).toBe(waits);
  });

  it("removes the configuration and the models that an update left, once it is done", () => {
    const moved = settled(third, settled({}));

    expect(moved.configs).toEqual([wanted(third)?.configName]);
    expect(moved.models).toHaveLength(1);
  });

  it("has nothing left to do after it was carried out, whatever was there", () => {
    const states = fc.record({
      variants: fc
        .uniqueArray(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 })
        .chain((versions) => fc.tuple(...versions.map((version) => fc.double({ min: 0.01, max: 1, noNaN: true }).map((weight) => aVariant(version, weight))))),
      captureRate: fc.constantFrom(0, 0.001, 0.5),
      compute: fc.constantFrom<NonNullable<Endpoint["compute"]>>({ kind: "lambda" }, { kind: "sagemaker", instanceType: "ml.m6i.large", instanceCount: 2 }),
    });
    fc.assert(
      fc.property(states, states, (before, now) => {
        const found = settled(now, settled(before));

        expect(planHosting(wanted(now), found)).toEqual({ calls: [] });
        expect(found.endpoint?.configName).toBe(wanted(now)?.configName);
      }),
    );
  });
});

describe("what SageMaker should have", () => {
  it("leaves out revoked versions, and the endpoint when none with traffic is left", () => {
    const revoked = { at: 1, by: "tester", reason: "biased" };

    expect(wanted({ variants: [aVariant(1, 0.5), { ...aVariant(2, 0.5), revoked }] })?.variants.map(({ name }) => name)).toEqual(["v1"]);
    expect(wanted({ variants: [aVariant(1, 0), { ...aVariant(2, 1), revoked }] })).toBeUndefined();
  });

  it("captures at whole percents, at least one, into the data bucket", () => {
    expect(wanted({ captureRate: 0.001 })?.capture).toEqual({ percentage: 1, uri: "s3://data/captures" });
    expect(wanted({ captureRate: 0 })).not.toHaveProperty("capture");
  });

  it.each<[RegExp, Partial<Endpoint>, Partial<HostingSettings>]>([
    [/name must be at most 51 characters with compute.kind sagemaker, got 52/, { name: "c".repeat(52) }, {}],
    [/compute.image must be set/, {}, { image: undefined }],
    [/variants.v1: the file must be called model.onnx/, { variants: [{ ...aVariant(1, 1), modelUri: "s3://artifacts/net.onnx" }] }, {}],
    [/modelUri must be shorter than 1024 characters/, { variants: [{ ...aVariant(1, 1), modelUri: `s3://artifacts/${"a".repeat(1_024)}` }] }, {}],
    [/name prefix .* is too long for SageMaker/, { name: "c" }, { namePrefix: "p".repeat(40) }],
  ])("refuses with %s", (message, endpoint, given) => {
    expect(() => hostingOf(anEndpoint(endpoint), { ...settings, ...given })).toThrow(message);
  });
});
