import { afterAll, beforeAll, expect, it } from "vitest";
import { experimentsContract } from "#contracts/mlflow/experiments.ts";
import { runsContract } from "#contracts/mlflow/runs.ts";
import { trashContract } from "#contracts/platform/trash.ts";
import { startTestPlatform, type TestPlatform } from "#test/support/platform.ts";
import { client } from "../../../scripts/demo/client.ts";

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform();
});
afterAll(() => platform.stop());

it("is told to go on behind the API, until no file of the experiment is left", async () => {
  const api = client(platform.url);
  const { experiment_id } = await api.call(experimentsContract, "createExperiment", { name: "to be removed" });
  const { run } = await api.call(runsContract, "createRun", { experiment_id, start_time: 1 });
  const file = `${platform.url}/api/2.0/mlflow-artifacts/artifacts/${experiment_id}/${run.info.run_id}/artifacts/notes.txt`;
  const kept = await fetch(file, { method: "PUT", body: "notes" });
  await api.call(experimentsContract, "deleteExperiment", { experiment_id });
  const before = (await fetch(file)).status;

  await api.call(trashContract, "removeExperiment", { experimentId: experiment_id });

  const left = async () => (await api.call(trashContract, "listRemovals", {})).removals;
  await expect.poll(left, { timeout: 60_000, interval: 200 }).toEqual([]);
  expect([kept.status, before, (await fetch(file)).status]).toEqual([200, 200, 404]);
  expect(platform.output()).not.toMatch(/"level":"(warn|error)"/);
});
