import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runsTableContract } from "#contracts/platform/runs-table.ts";
import { logFixture } from "#test/support/console-fixture.ts";
import { startTestPlatform, type TestPlatform } from "#test/support/platform.ts";
import { pythonPath } from "#test/support/python.ts";
import { client } from "../../../scripts/demo/client.ts";
import { orderTexts, pythonOf } from "../../../web/src/experiments/runs-table/python.ts";
import { readState } from "../../../web/src/experiments/runs-table/table-state.ts";

let platform: TestPlatform;
let experimentId: string;
beforeAll(async () => {
  platform = await startTestPlatform();
  ({ experimentId } = await logFixture(client(platform.url), { name: "copied", runs: 12, metrics: 4, steps: 1, params: 2, tags: 1 }));
});
afterAll(() => platform.stop());

async function printed(python: string, last: string): Promise<string> {
  const { stdout } = await promisify(execFile)(pythonPath, ["-c", `${python}\n${last}`], { env: { ...process.env, MLFLOW_DISABLE_TELEMETRY: "true" } });
  return stdout.trim();
}

describe("a view of the runs table, copied as Python", () => {
  it("gives MLflow's own client the same runs, in the same order, with the same columns", async () => {
    const state = readState(
      `order=-metrics.train/metric_00000&filter=${encodeURIComponent("metrics.`val/metric_00001` > 0.2 and attributes.run_name != 'x\"y'")}`,
    );
    const columns = ["attributes.run_name", "attributes.status", "metrics.train/metric_00000", "params.param_1", "metrics.never"];
    const python = pythonOf({ url: platform.url, experimentId, state, columns });
    const table = await client(platform.url).call(runsTableContract, "readRunsTable", {
      experimentId,
      filter: state.filter,
      orderBy: [...orderTexts(state.order)],
    });

    const [ids = "", names] = (await printed(python, 'print(",".join(runs["run_id"]))\nprint(",".join(runs.columns))')).split("\n");

    expect(table.rows.length).toBeGreaterThan(1);
    expect(ids.split(",")).toEqual(table.rows.map(({ id }) => id));
    expect(names).toBe("run_id,tags.mlflow.runName,status,metrics.train/metric_00000,params.param_1,metrics.never");
  });

  it("groups as the table does", async () => {
    const state = readState("group=params.param_1");
    const python = pythonOf({ url: platform.url, experimentId, state, columns: ["attributes.run_name", "metrics.train/metric_00000"] });
    const { rows } = await client(platform.url).call(runsTableContract, "readRunsTable", {
      experimentId,
      groupBy: ["params.param_1"],
      columns: ["metrics.train/metric_00000"],
    });

    const counts = await printed(python, 'print(",".join(str(n) for n in runs[("metrics.train/metric_00000", "count")]))');

    expect(counts.split(",").map(Number)).toEqual(rows.map(({ children }) => children));
  });
});
