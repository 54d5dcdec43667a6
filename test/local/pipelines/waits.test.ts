import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runsContract } from "#contracts/mlflow/runs.ts";
import { endpointContract } from "#contracts/platform/endpoints.ts";
import { pipelineContract } from "#contracts/platform/pipelines.ts";
import { aWinery, type Winery } from "./pipeline-world.ts";

let winery: Winery;
beforeAll(async () => {
  winery = await aWinery();
});
afterAll(() => winery.platform.stop());

const manual = { approval: { mode: "manual", timeoutSeconds: 600 } } as const;
/** Takes a challenger over the champion, however good, and watches it for a minute. */
const challenger = (seed: number) =>
  ({
    training: { algorithm: "linear" as const, seed },
    comparison: { minimumImprovement: -1 },
    rollout: { steps: [0.5], bakeSeconds: 60 },
  }) satisfies Parameters<Winery["start"]>[1];

describe("an execution that needs a person's word", () => {
  it("waits for it, and is free to go once it is given", async () => {
    await winery.start("asked", manual);
    await winery.step("asked", "AwaitApproval", "waiting");
    const { approval } = await winery.call(pipelineContract, "getApproval", { execution: "asked" });

    await winery.call(pipelineContract, "approve", { execution: "asked", reason: "I looked" });

    expect(approval).toMatchObject({ status: "pending", modelVersion: "1", evidence: { comparison: expect.stringMatching(/^there is no champion/) } });
    expect((await winery.ended("asked")).execution).toMatchObject({ status: "succeeded", modelVersion: "1" });
  });

  it("lets another of its pipeline pass, and ends when it is rejected", async () => {
    await winery.start("refused", { ...manual, ...challenger(1) });
    await winery.step("refused", "AwaitApproval", "waiting");
    await winery.start("passing", { comparison: { minimumImprovement: 1 } });
    const passed = await winery.ended("passing");

    await winery.call(pipelineContract, "reject", { execution: "refused", reason: "not now" });

    expect(passed.execution.status).toBe("rejected");
    expect((await winery.ended("refused")).execution).toMatchObject({ status: "rejected", outcome: "rejected by anonymous: not now" });
  });

  it("takes its request with it when it is stopped", async () => {
    await winery.start("withdrawn", { ...manual, ...challenger(2) });
    await winery.step("withdrawn", "AwaitApproval", "waiting");

    await winery.call(pipelineContract, "stopExecution", { name: "withdrawn", reason: "wrong data" });

    const { approval } = await winery.call(pipelineContract, "getApproval", { execution: "withdrawn" });
    expect(approval.status).toBe("expired");
    await expect(winery.call(pipelineContract, "approve", { execution: "withdrawn", reason: "late" })).rejects.toThrow("409");
  });
});

describe("an execution whose run somebody deletes", () => {
  it("ends all the same, and leaves its pipeline to the next", async () => {
    await winery.start("orphan", { ...manual, ...challenger(4), pipeline: "orphans" });
    await winery.step("orphan", "AwaitApproval", "waiting");
    const { runId = "" } = (await winery.read("orphan")).execution;
    await winery.call(runsContract, "deleteRun", { run_id: runId });

    await winery.call(pipelineContract, "reject", { execution: "orphan", reason: "no longer wanted" });

    expect((await winery.ended("orphan")).execution).toMatchObject({ status: "rejected", outcome: "rejected by anonymous: no longer wanted" });
  });
});

describe("two executions of one pipeline", () => {
  it("run one after the other", async () => {
    await Promise.all([winery.start("left", { cache: false }), winery.start("right", { cache: false })]);

    const [left, right] = await Promise.all([winery.ended("left"), winery.ended("right")]);

    const [first, second] = [left, right].toSorted((a, b) => (a.execution.endedAt ?? 0) - (b.execution.endedAt ?? 0));
    const ingestion = second?.steps.find(({ name }) => name === "Ingest")?.startedAt ?? 0;
    expect([first?.execution.status, second?.execution.status]).toEqual(["rejected", "rejected"]);
    expect(ingestion).toBeGreaterThanOrEqual(first?.execution.endedAt ?? Number.POSITIVE_INFINITY);
    expect(second?.steps.filter(({ name }) => name === "Admit")).toMatchObject([{ status: "succeeded" }]);
  });
});

describe("stopping", () => {
  it("ends an execution with its run, and gives all traffic back to the champion", async () => {
    await winery.start("stopped", challenger(3));
    await winery.step("stopped", "RollOut", "running");
    const { execution: running } = await winery.call(pipelineContract, "getExecution", { name: "stopped" });

    const { execution } = await winery.call(pipelineContract, "stopExecution", { name: "stopped", reason: "a mistake" });

    const { run } = await winery.call(runsContract, "getRun", { run_id: execution.runId ?? "" });
    const { endpoint } = await winery.call(endpointContract, "getEndpoint", { name: "wine" });
    const { rollout } = await winery.call(endpointContract, "getRollout", { name: "wine", rolloutId: "stopped" });
    expect(running).toMatchObject({ status: "running", rolloutId: "stopped" });
    expect(execution).toMatchObject({ status: "stopped", rolloutId: "stopped", outcome: "stopped by anonymous: a mistake" });
    expect([run.info.status, rollout.status, endpoint.variants.find(({ weight }) => weight === 1)?.modelVersion]).toEqual(["KILLED", "aborted", "1"]);
  });

  it("leaves the pipeline to the next", async () => {
    await winery.start("next", { comparison: { minimumImprovement: 1 } });

    expect((await winery.ended("next")).execution.status).toBe("rejected");
  });
});
