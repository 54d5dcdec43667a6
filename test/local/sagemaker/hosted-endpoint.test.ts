import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inferenceContract } from "#contracts/kserve/inference.ts";
import { endpointContract } from "#contracts/platform/endpoints.ts";
import { predictionContract } from "#contracts/platform/predictions.ts";
import { startTestPlatform, type TestPlatform } from "#test/support/platform.ts";
import { canary, registerBadVersion } from "../../../scripts/demo/bad-version.ts";
import { client, until } from "../../../scripts/demo/client.ts";
import { readSamples } from "../../../scripts/demo/data.ts";
import { pushFeatures, uploadData } from "../../../scripts/demo/data-steps.ts";
import { names } from "../../../scripts/demo/names.ts";
import { underTraffic } from "../../../scripts/demo/serving-steps.ts";
import { ended, start, trainingRequest } from "../../../scripts/demo/training-steps.ts";

const { columns, samples } = readSamples();
/** SageMaker's name of the endpoint: on this machine an endpoint of the platform too. */
const hosted = `capstan-local-${names.endpoint}`;
const compute = { kind: "sagemaker", instanceType: "ml.m6i.large" } as const;

let platform: TestPlatform;
const api = () => client(platform.url);
const read = async (name: string) => (await api().call(endpointContract, "getEndpoint", { name })).endpoint;
const stateOf = async () => {
  const shown = (await read(names.endpoint)).compute;
  return shown?.kind === "sagemaker" ? shown.status?.state : shown?.kind;
};
const inService = () => until("the endpoint in service", 60, async () => ((await stateOf()) === "inService" ? true : undefined));
const requestsAt = async (name: string) => (await api().call(endpointContract, "getEndpointStatistics", { name, minutes: 60 })).variants;

beforeAll(async () => {
  platform = await startTestPlatform();
  await pushFeatures(api(), columns, samples);
  const sourceUri = await uploadData(api(), columns, samples, "all.csv");
  await start(api(), "first", trainingRequest(columns, sourceUri, { training: { algorithm: "linear", seed: 1 } }));
  await ended(api(), "first", 60, ["succeeded"]);
});
afterAll(() => platform.stop());

describe("an endpoint with compute on SageMaker, on this machine", () => {
  it("is made by the function that makes them in an account, and answers on every wire", async () => {
    const { variants } = await read(names.endpoint);
    await api().call(endpointContract, "putEndpoint", {
      name: names.endpoint,
      variants: variants.map(({ name, modelName, modelVersion, weight }) => ({ name, modelName, modelVersion, weight })),
      compute,
    });
    await inService();
    const [sample] = samples;
    const rows = [sample?.values ?? {}];

    const byRows = await until("an answer of SageMaker's", 30, async () => {
      const reply = await api().call(predictionContract, "predict", { endpoint: names.endpoint, rows });
      return (await requestsAt(hosted)).some(({ requests }) => requests > 0) ? reply : undefined;
    });
    const [input] = variants[0]?.signature?.inputs ?? [];
    const data = (input?.columns ?? []).map((column) => sample?.values[column] ?? 0);
    const byTensors = await api().call(inferenceContract, "infer", {
      model_name: names.endpoint,
      inputs: [{ name: input?.name ?? "", datatype: "FP32", shape: [1, data.length], data }],
    });

    expect(byRows).toMatchObject({ endpoint: names.endpoint, variant: variants[0]?.name, modelVersion: "1" });
    const [{ label }] = byRows.predictions as [{ label: number }];
    expect(byTensors.outputs.find(({ name }) => name === "label")?.data).toEqual([label]);
    expect((await read(hosted)).variants.map(({ name, weight }) => [name, weight])).toEqual([[variants[0]?.name, 1]]);
  });

  it("takes a bad version as a canary, judges it by what SageMaker's variant answers, and rolls it back by itself", async () => {
    const version = await registerBadVersion(api());
    const rolloutId = await canary(api(), version);
    const rolloutNow = async () => (await api().call(endpointContract, "getRollout", { name: names.endpoint, rolloutId })).rollout;
    const begun = await rolloutNow();
    // Until SageMaker has the canary the platform's own copy answers for it: this is about what comes after.
    const headers = { "content-type": "application/json", "x-amzn-sagemaker-target-variant": begun.canary };
    const body = JSON.stringify({ dataframe_records: [samples[0]?.values] });
    const asked = () => fetch(`${platform.url}/endpoints/${hosted}/invocations`, { method: "POST", headers, body });
    await until("the canary on SageMaker", 60, async () => ((await asked()).ok ? true : undefined));
    const own = 1;

    const { result: rollout } = await underTraffic(api(), samples, () =>
      until("the end of the rollout", 90, async () => {
        const found = await rolloutNow();
        return found.status === "running" ? undefined : found;
      }),
    );

    expect(rollout).toMatchObject({ status: "rolledBack" });
    const judged = await until("what SageMaker's variant answered", 30, async () =>
      (await requestsAt(hosted)).find(({ variant, requests }) => variant === rollout.canary && requests > own),
    );
    expect(judged.nullRows).toBeGreaterThan(own);
    const { variants } = await read(names.endpoint);
    expect(variants.filter(({ weight }) => weight > 0).map(({ modelVersion }) => modelVersion)).toEqual(["1"]);
  });

  it("leaves SageMaker with the next state that does not ask for it, and goes on answering", async () => {
    const [variant] = (await read(names.endpoint)).variants.filter(({ weight }) => weight > 0);
    await api().call(endpointContract, "putEndpoint", { name: names.endpoint, variants: [{ modelName: names.model, modelVersion: variant?.modelVersion }] });

    await until("the end of SageMaker's side", 60, async () => {
      const { endpoints } = await api().call(endpointContract, "listEndpoints", {});
      return endpoints.some(({ name }) => name === hosted) ? undefined : true;
    });
    const { predictions } = await api().call(predictionContract, "predict", { endpoint: names.endpoint, rows: [samples[0]?.values ?? {}] });
    expect(predictions).toHaveLength(1);
  });
});
