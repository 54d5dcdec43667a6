import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { RolloutPlan } from "#contracts/platform/rollout.ts";
import { deployModelVersion } from "#core/serving/deploy.ts";
import { functions, machines } from "#infra/inventory.ts";
import { checkMachine } from "#statemachines/check-definition.ts";
import { rollout as machine } from "#statemachines/rollout/machine.ts";
import { aServingContext } from "#test/support/serving.ts";

describe("a pipeline's deployment", () => {
  it("serves at once where the endpoint is new, and records a rollout where it is not", async () => {
    const { ctx, state } = aServingContext();
    const told: string[] = [];
    const deploy = (modelVersion: string, rolloutId: string) =>
      deployModelVersion(
        ctx,
        {
          name: "churn",
          rolloutId,
          modelName: "churn",
          modelVersion,
          plan: RolloutPlan.parse({}),
          reason: "",
        },
        `execution ${rolloutId}`,
        async (id) => void told.push(id),
      );

    expect(await deploy("1", "e1")).toEqual({ endpointName: "churn", rolloutId: "e1", watch: false, status: "promoted" });
    expect(state.champion).toBe("churn/1");
    expect(state.championBy).toEqual({ by: "execution e1", execution: "e1" });
    expect(await deploy("1", "e1")).toMatchObject({ watch: false, status: "promoted" });
    expect(told).toEqual([]);
    expect(await deploy("2", "e2")).toEqual({ endpointName: "churn", rolloutId: "e2", watch: true, status: "running" });
    expect(await deploy("2", "e2")).toMatchObject({ watch: true });
    expect(told).toEqual(["e2", "e2"]);
    expect(state.champion).toBe("churn/1");
  });
});

describe("the rollout machine", () => {
  it("can run with the functions that there are", () => {
    const text = readFileSync(machine.definition, "utf8");

    expect(checkMachine(machine, text, { functions: functions.map(({ name }) => name), machines: machines.map(({ name }) => name) })).toEqual([]);
  });
});
