import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pipelineContract } from "#contracts/platform/pipelines.ts";
import { aWinery, type Winery } from "./pipeline-world.ts";

let winery: Winery;
beforeAll(async () => {
  winery = await aWinery();
  await winery.start("first");
  expect((await winery.ended("first")).execution.status).toBe("succeeded");
});
afterAll(() => winery.platform.stop());

async function logs(execution: string, step: string) {
  const position = (await winery.read(execution)).steps.findIndex(({ name }) => name === step);
  return winery.call(pipelineContract, "getExecutionStepLogs", { name: execution, position });
}
const words = ({ lines }: Awaited<ReturnType<typeof logs>>) => lines.map(({ level, message }) => `${level} ${message}`);

describe("what a step says", () => {
  it("names rows, columns, every way to fit that was tried and its loss, from a process of its own", async () => {
    const { lines } = await logs("first", "Train");

    const trials = lines.filter(({ message }) => message === "a way to fit was judged").map(({ fields }) => fields);
    expect(lines.map(({ message }) => message)).toEqual([
      "train-model begins",
      "training rows are read",
      ...trials.map(() => "a way to fit was judged"),
      "train-model has ended",
    ]);
    expect(lines[1]?.fields).toMatchObject({ columns: 13, rows: expect.any(Number) });
    expect(trials).toEqual([0.01, 0.1, 1, 10, 100].map((penalty) => ({ model: "linear", settings: { penalty }, loss: expect.any(Number) })));
    expect(lines.at(-1)?.fields).toMatchObject({ algorithm: "linear", cached: false, metrics: { accuracy: expect.any(Number) } });
  });

  it("names the gate's numbers, in a process that serves the API as well", async () => {
    const { lines } = await logs("first", "Compare");

    expect(lines.at(-1)).toMatchObject({
      message: "compare-models has ended",
      fields: { better: true, reason: expect.stringMatching(/^there is no champion; accuracy is 0\.\d+$/) },
    });
  });

  it("shows no rows of the data, no request and no token", async () => {
    const { steps } = await winery.read("first");
    const all = await Promise.all(steps.map((_step, position) => winery.call(pipelineContract, "getExecutionStepLogs", { name: "first", position })));

    expect(all.every(({ lines }) => lines.length >= 2)).toBe(true);
    expect(JSON.stringify(all)).not.toMatch(/14\.23|taskToken|"request"/);
  });

  it("has a line for what went wrong, of the step that it went wrong in", async () => {
    await winery.start("nonsense", { target: "price" });
    await winery.ended("nonsense");

    expect(words(await logs("nonsense", "Train"))).toEqual(["info train-model begins", "error train-model has failed"]);
    expect((await logs("nonsense", "Train")).lines[1]?.fields).toMatchObject({ error: { name: "DomainError", message: expect.stringContaining("price") } });
    expect(words(await logs("nonsense", "Version"))).toEqual(["info version-dataset begins", "info version-dataset has ended"]);
  });

  it("is there after the platform was killed and started again", async () => {
    const before = await logs("first", "Train");

    await winery.platform.kill("SIGKILL");
    await winery.platform.restart();

    expect(await logs("first", "Train")).toEqual(before);
  });
});
