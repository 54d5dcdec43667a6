import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aWinery, type Winery } from "./pipeline-world.ts";

let winery: Winery;
beforeAll(async () => {
  winery = await aWinery();
});
afterAll(() => winery.platform.stop());

describe("a platform that is killed in the middle of an execution", () => {
  it.each(["Ingest", "Train"])("goes on with it when it is started again: killed at %s", async (step) => {
    const name = `killed-at-${step}`;
    // Boosting of many rounds takes long enough to be met while it trains.
    const training = { algorithm: "boosting", options: { maxRounds: 400, learningRate: 0.01 } } as const;
    await winery.start(name, { pipeline: step.toLowerCase(), registeredModel: step, endpoint: step, cache: false, training });
    await winery.step(name, step, "running");
    await winery.platform.kill("SIGKILL");

    await winery.platform.restart();

    const { execution, steps } = await winery.ended(name);
    expect(execution).toMatchObject({ status: "succeeded", outcome: `version 1 of ${step} answers at ${step}` });
    expect(new Set(steps.map(({ name: of }) => of)).size).toBe(steps.length);
  });
});
