import { DeleteObjectCommand, GetObjectCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loggedModelsContract } from "#contracts/mlflow/logged-models.ts";
import { registeredModelsContract } from "#contracts/mlflow/registered-models.ts";
import { runsContract } from "#contracts/mlflow/runs.ts";
import type { ExecutionStep } from "#contracts/platform/pipelines.ts";
import { predictionContract } from "#contracts/platform/predictions.ts";
import { artifactAddress } from "#core/artifacts/artifact-address.ts";
import { aWinery, type Winery } from "./pipeline-world.ts";

let winery: Winery;
beforeAll(async () => {
  winery = await aWinery();
});
afterAll(() => winery.platform.stop());

const cachedIn = (steps: readonly ExecutionStep[]) => steps.filter(({ cached }) => cached === true).map(({ name }) => name);
const run = async (name: string, rest: Parameters<Winery["start"]>[1] = {}) => {
  await winery.start(name, rest);
  return winery.ended(name);
};
/** The folder of the model that an execution's run logged. */
async function modelFolder(runId: string): Promise<string> {
  const { run: found } = await winery.call(runsContract, "getRun", { run_id: runId });
  const { model } = await winery.call(loggedModelsContract, "getLoggedModel", { model_id: found.outputs?.model_outputs?.[0]?.model_id ?? "" });
  return artifactAddress("capstan-artifacts", model?.info?.artifact_uri ?? "").key;
}

describe("an execution", () => {
  it("makes a champion that answers, and says how", async () => {
    const { execution, steps } = await run("first");

    const champion = await winery.call(registeredModelsContract, "getVersionByAlias", { name: "wine", alias: "champion" });
    const [heading = "", row = ""] = winery.csv.split("\n");
    const cells = row.split(",").map(Number);
    const features = Object.fromEntries(
      heading
        .trim()
        .split(",")
        .slice(0, -1)
        .map((column, index) => [column, cells[index] ?? 0]),
    );
    const { predictions } = await winery.call(predictionContract, "predict", { endpoint: "wine", rows: [features] });
    expect(execution).toMatchObject({ status: "succeeded", modelVersion: "1", outcome: "version 1 of wine answers at wine" });
    expect(steps.map(({ name, status }) => `${name} ${status}`)).toEqual(
      ["Admit", "Ingest", "Validate", "Version", "Train", "Evaluate", "FindChampion", "Compare", "Record", "Register", "StartRollout", "Finish"].map(
        (name) => `${name} succeeded`,
      ),
    );
    expect([cachedIn(steps), champion.model_version.version, predictions.length]).toEqual([[], "1", 1]);
  });

  it("of the same data and settings takes every step's earlier result, and is told to be no better", async () => {
    const { execution, steps } = await run("again");

    expect(cachedIn(steps)).toEqual(["Validate", "Version", "Train", "Evaluate", "EvaluateChampion"]);
    expect(execution).toMatchObject({ status: "rejected", outcome: expect.stringMatching(/^not better: accuracy is /) });
    const { run: logged } = await winery.call(runsContract, "getRun", { run_id: execution.runId ?? "" });
    expect(logged.info.status).toBe("FINISHED");
  });

  it("has the model's files in its own run, also where another execution made them", async () => {
    const folders = await Promise.all(["first", "again"].map(async (name) => modelFolder((await winery.read(name)).execution.runId ?? "")));

    const cards = await Promise.all(
      folders.map(async (folder) => {
        const { Body } = await winery.s3().send(new GetObjectCommand({ Bucket: "capstan-artifacts", Key: `${folder}/capstan.json` }));
        return Body?.transformToString();
      }),
    );
    expect(folders[0]).not.toBe(folders[1]);
    expect(cards[1]).toBe(cards[0]);
  });

  it("trains again where the earlier model is gone, and only there", async () => {
    const folder = await modelFolder((await winery.read("first")).execution.runId ?? "");
    await winery.s3().send(new DeleteObjectCommand({ Bucket: "capstan-artifacts", Key: `${folder}/conda.yaml` }));
    const others = await run("conda");
    await winery.s3().send(new DeleteObjectCommand({ Bucket: "capstan-artifacts", Key: `${folder}/MLmodel` }));

    const { steps } = await run("rebuilt");

    expect(cachedIn(others.steps)).toContain("Train");
    expect(cachedIn(steps)).toEqual(["Validate", "Version", "Evaluate", "EvaluateChampion"]);
  });

  it("runs every step where it is asked not to use what is known", async () => {
    const { steps } = await run("fresh", { cache: false });

    expect(cachedIn(steps)).toEqual([]);
  });

  it("rejects a candidate that is worse than the champion", async () => {
    const { execution } = await run("worse", { training: { algorithm: "boosting", options: { maxRounds: 1, maxLeaves: 2 } } });

    expect(execution).toMatchObject({ status: "rejected", outcome: expect.stringMatching(/^not better: accuracy is 0\.\d+, the champion's /) });
    expect(execution.modelVersion).toBeUndefined();
  });

  it("refuses data that break their contract, with a report to read", async () => {
    const broken = winery.csv.replace(/^14\.23,/m, "99.9,");
    const sourceUri = await winery.upload("broken.csv", broken);

    const { execution, steps } = await run("broken", { dataset: { name: "wine", sourceUri } });

    expect(execution).toMatchObject({ status: "rejected", outcome: expect.stringContaining("the data do not keep their contract") });
    expect(steps.at(-2)).toMatchObject({ name: "Validate", status: "failed", error: "DataContractViolation" });
    const [, Bucket, Key] = /report s3:\/\/([^/]+)\/(\S+)$/.exec(execution.outcome ?? "") ?? [];
    const { Body } = await winery.s3().send(new GetObjectCommand({ Bucket, Key }));
    expect(JSON.parse((await Body?.transformToString()) ?? "")).toMatchObject({ ok: false, errors: [{ column: "alcohol", rule: "max", rows: 1 }] });
  });

  it("says in words what a step could not do", async () => {
    const { execution } = await run("nonsense", { target: "price" });

    expect(execution).toMatchObject({ status: "failed", outcome: expect.stringMatching(/^step Train failed: .*price/) });
    const { run: logged } = await winery.call(runsContract, "getRun", { run_id: execution.runId ?? "" });
    expect(logged.info.status).toBe("FAILED");
  });
});
