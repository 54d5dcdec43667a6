import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loggedModelsContract } from "#contracts/mlflow/logged-models.ts";
import { runsContract } from "#contracts/mlflow/runs.ts";
import { pipelineContract } from "#contracts/platform/pipelines.ts";
import { aWinery, type Winery } from "./pipeline-world.ts";

let winery: Winery;
beforeAll(async () => {
  winery = await aWinery();
});
afterAll(() => winery.platform.stop());

const retry = (name: string) => winery.call(pipelineContract, "retryExecution", { name });
const runOf = async (name: string) => (await winery.call(runsContract, "getRun", { run_id: (await winery.read(name)).execution.runId ?? "" })).run;

describe("an execution that failed", () => {
  it("goes on after a restart, at the step that failed, in the same run, with a model that is ready", async () => {
    const missing = (await winery.upload("early.csv", "a,b\n1,2\n")).replace("early.csv", "late.csv");
    await winery.start("late", { dataset: { name: "wine", sourceUri: missing, split: { testShare: 0.3 } } });
    const failed = await winery.ended("late");
    expect(failed.execution).toMatchObject({ status: "failed", retryFrom: "Ingest" });
    expect((await runOf("late")).info.status).toBe("FAILED");
    await winery.upload("late.csv", winery.csv);
    await winery.platform.kill("SIGKILL");
    await winery.platform.restart();

    const { execution: running } = await retry("late");
    const { execution, steps } = await winery.ended("late");

    expect(running).toMatchObject({ status: "running", retries: 1, runId: failed.execution.runId });
    expect(execution).toMatchObject({ status: "succeeded", outcome: "version 1 of wine answers at wine", retries: 1, runId: failed.execution.runId });
    expect(steps.map(({ name, status }) => `${name} ${status}`).slice(0, 5)).toEqual([
      "Admit succeeded",
      "Ingest failed",
      "Finish succeeded",
      "Reopen succeeded",
      "Ingest succeeded",
    ]);
    const run = await runOf("late");
    const { model } = await winery.call(loggedModelsContract, "getLoggedModel", { model_id: run.outputs?.model_outputs?.[0]?.model_id ?? "" });
    expect([run.info.status, model?.info?.status]).toEqual(["FINISHED", "LOGGED_MODEL_READY"]);
  });

  it("is refused a retry once it has succeeded", async () => {
    await expect(retry("late")).rejects.toThrow("execution late is succeeded, only a failed one can be retried");
  });
});
