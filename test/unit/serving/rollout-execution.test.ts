import { describe, expect, it } from "vitest";
import { type Rollout, RolloutPlan } from "#contracts/platform/rollout.ts";
import type { EndpointStore } from "#core/serving/endpoint-store.ts";
import { putEndpoint } from "#core/serving/endpoints.ts";
import { abortRollout, recordRollout } from "#core/serving/rollouts.ts";
import type { MinuteCounts, VariantCounts } from "#core/serving/statistics.ts";
import { createTask as promote } from "#functions/promote-rollout/handler.ts";
import { createTask as rollBack } from "#functions/roll-back-rollout/handler.ts";
import { createTask as step } from "#functions/step-rollout/handler.ts";
import { createTask as watch } from "#functions/watch-rollout/handler.ts";
import { statesEngine } from "#infra/local/states/engine.ts";
import { loadMachines } from "#infra/local/states/load-machine.ts";
import { performer } from "#infra/local/states/start-states.ts";
import { rollout as machine } from "#statemachines/rollout/machine.ts";
import { memoryTable } from "#test/support/memory-table.ts";
import { aServingContext, counts, memoryEndpoints } from "#test/support/serving.ts";
import { virtualClock } from "#test/support/virtual-clock.ts";

const reference = { endpointName: "churn", rolloutId: "r1" };
const plan = RolloutPlan.parse({ steps: [0.1, 0.5], bakeSeconds: 600, guardrails: { minimumRequests: 100 } });

interface World {
  /** What the canary does with so many requests. */
  readonly canary?: (requests: number) => VariantCounts;
  /** Called before each look. */
  readonly meanwhile?: (endpoints: EndpointStore, look: number) => Promise<unknown>;
  /** Fails a task, by its name. */
  readonly broken?: string;
}

/** The real machine and the real tasks in virtual time: 60 requests a minute, shared out by the endpoint's weights. */
async function execute({ canary = counts, meanwhile = async () => {}, broken }: World = {}) {
  const clock = virtualClock();
  const endpoints = memoryEndpoints();
  const { ctx: fakes, state } = aServingContext(endpoints);
  const minutes: MinuteCounts[] = [];
  let looks = 0;
  const ctx = {
    ...fakes,
    now: clock.now,
    statistics: {
      read: async () => {
        await meanwhile(endpoints, ++looks);
        const share = (await endpoints.find("churn"))?.variants.find(({ name }) => name === "v2")?.weight ?? 0;
        minutes.push({
          minute: Math.floor(clock.now() / 60_000),
          variants: new Map([
            ["main", counts(60 * (1 - share))],
            ["v2", canary(60 * share)],
          ]),
        });
        return minutes;
      },
    },
  };
  const variants = [{ name: "main", modelName: "churn", modelVersion: "1", weight: 1 }];
  await putEndpoint(
    ctx,
    { name: "churn", description: "", tags: {}, variants, assignment: { mode: "random" }, captureRate: 0, batching: true, reason: "" },
    "tester",
  );
  await recordRollout(ctx, { name: "churn", rolloutId: "r1", modelName: "churn", modelVersion: "2", plan, reason: "" }, "tester");
  const tasks = { "step-rollout": step(ctx), "watch-rollout": watch(ctx), "promote-rollout": promote(ctx), "roll-back-rollout": rollBack(ctx) };
  const engine = statesEngine({
    table: memoryTable(),
    machines: await loadMachines([machine], Object.keys(tasks), {}),
    perform: performer({
      invoke: async (name, payload) => {
        if (name === broken) throw new TypeError("broken");
        return await tasks[name as keyof typeof tasks](payload);
      },
      putEvents: async () => [],
      sageMaker: async () => ({}),
      now: clock.now,
      at: clock.at,
    }),
    now: clock.now,
    at: clock.at,
    random: () => 0.5,
  });
  const { key } = await engine.start({ machine: "rollout", name: "r1", input: { ...reference } });
  await clock.run();
  const endpoint = await endpoints.find("churn");
  const rollout: Rollout | undefined = await endpoints.findRollout("churn", "r1");
  return {
    execution: await engine.find(key),
    rollout,
    champion: state.champion,
    looks,
    weights: Object.fromEntries(endpoint?.variants.map(({ name, weight }) => [name, weight]) ?? []),
  };
}

describe("an execution of the rollout machine", () => {
  it("takes every step, promotes and succeeds", async () => {
    const { execution, rollout, weights, champion } = await execute();

    expect(execution).toMatchObject({ status: "SUCCEEDED" });
    expect(rollout).toMatchObject({
      status: "promoted",
      step: 1,
      decisions: [
        { step: 0, decision: "advance" },
        { step: 1, decision: "promote" },
      ],
    });
    expect(weights).toEqual({ main: 0, v2: 1 });
    expect(champion).toBe("churn/2");
  });

  it("rolls back soon when the canary fails", async () => {
    const { execution, rollout, weights, champion, looks } = await execute({ canary: (requests) => counts(requests * 0.5, { failures: requests * 0.5 }) });

    expect(execution).toMatchObject({ status: "SUCCEEDED" });
    expect(rollout).toMatchObject({ status: "rolledBack", step: 0, reason: expect.stringMatching(/^failures: /) });
    expect(weights).toEqual({ main: 1, v2: 0 });
    expect(champion).toBe("");
    expect(looks).toBeLessThan(6);
  });

  it("stops where somebody aborts, and leaves the weights as they are then", async () => {
    const { execution, rollout, weights, looks } = await execute({
      meanwhile: async (endpoints, look) =>
        look === 3 ? await abortRollout({ ...aServingContext(endpoints).ctx, endpoints }, reference, { by: "tester", reason: "enough" }) : undefined,
    });

    expect(execution).toMatchObject({ status: "SUCCEEDED" });
    expect(execution.output).toEqual({ ...reference, status: "aborted", reason: "enough" });
    expect(rollout).toMatchObject({ status: "aborted", reason: "enough" });
    expect(weights).toEqual({ main: 1, v2: 0 });
    expect(looks).toBe(3);
  });

  it.each([
    ["watch-rollout", "the guardrails could not be read: TypeError"],
    ["step-rollout", "the next step could not be taken: TypeError"],
    ["promote-rollout", "the promotion failed: TypeError"],
  ])("rolls back when %s keeps failing", async (broken, reason) => {
    const { rollout, weights } = await execute({ broken });

    expect(rollout).toMatchObject({ status: "rolledBack", reason });
    expect(weights).toEqual({ main: 1, v2: 0 });
  });

  it("fails, for an operator to see, only when even the way back fails", async () => {
    const { execution, rollout } = await execute({ broken: "roll-back-rollout", canary: (requests) => counts(0, { failures: requests }) });

    expect(execution).toMatchObject({ status: "FAILED" });
    expect(rollout?.status).toBe("running");
  });
});
