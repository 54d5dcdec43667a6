import { describe, expect, it } from "vitest";
import type { EndpointEvent } from "#contracts/platform/endpoint.ts";
import { endpointContract } from "#contracts/platform/endpoints.ts";
import { promoteRollout, rollBackRollout, takeStep, watchRollout } from "#core/serving/rollouts.ts";
import { createHandler } from "#functions/endpoints/handler.ts";
import { call } from "#test/support/call.ts";
import { aServingContext, counts } from "#test/support/serving.ts";

const reference = { endpointName: "churn", rolloutId: "r1" };
const plan = { steps: [0.1, 0.5], bakeSeconds: 120, guardrails: { minimumRequests: 100 } };

async function rolling(changes: object = {}) {
  const serving = aServingContext();
  const handler = createHandler(serving.ctx);
  await call(handler, endpointContract, "putEndpoint", { name: "churn", variants: [{ modelName: "churn", modelVersion: "1" }] });
  const started = await call(handler, endpointContract, "startRollout", {
    name: "churn",
    rolloutId: "r1",
    modelName: "churn",
    modelVersion: "2",
    plan: { ...plan, ...changes },
  });
  const weights = async () => {
    const { body } = await call(handler, endpointContract, "getEndpoint", { name: "churn" });
    return Object.fromEntries(body.endpoint.variants.map(({ name, weight }: { name: string; weight: number }) => [name, weight]));
  };
  const watch = async () => {
    const { decision, rollout } = await watchRollout(serving.ctx, reference);
    return { decision, reason: rollout.decisions.at(-1)?.reason };
  };
  const post = (operation: "abortRollout" | "pauseRollout" | "promoteRollout" | "resumeRollout" | "rollBackRollout") =>
    call(handler, endpointContract, operation, { ...{ name: "churn", rolloutId: "r1" }, reason: "because" });
  return { ...serving, handler, started, weights, watch, post };
}

describe("a rollout", () => {
  it("moves no traffic until its machine takes the first step", async () => {
    const { started, weights, ctx, started: _s, ...rest } = await rolling();

    expect(started.body.rollout).toMatchObject({ rolloutId: "r1", status: "running", canary: "v2", baseline: "main", step: 0, startedBy: "tester" });
    expect(await weights()).toEqual({ main: 1, v2: 0 });
    await takeStep(ctx, reference, 0);
    await takeStep(ctx, reference, 0);
    expect(await weights()).toEqual({ main: 0.9, v2: 0.1 });
    const { events } = (await call(rest.handler, endpointContract, "listEndpointEvents", { name: "churn" })).body;
    expect(events.map(({ change, rolloutId }: EndpointEvent) => [change, rolloutId])).toEqual([
      ["rolloutStepped", "r1"],
      ["rolloutStarted", "r1"],
      ["created", undefined],
    ]);
    expect(events[0].models).toEqual({ main: { modelName: "churn", modelVersion: "1" }, v2: { modelName: "churn", modelVersion: "2" } });
  });

  it("bakes, advances and promotes, and the champion moves", async () => {
    const { ctx, weights, watch, minute, state } = await rolling();
    await takeStep(ctx, reference, 0);

    minute({ main: counts(900), v2: counts(100) });
    expect(await watch()).toEqual({ decision: "continue", reason: "step 1 is baking" });
    minute({ main: counts(900), v2: counts(100) });
    expect(await watch()).toEqual({ decision: "advance", reason: "guardrails held over 200 answers of the canary" });
    await takeStep(ctx, reference, 1);
    expect(await weights()).toEqual({ main: 0.5, v2: 0.5 });
    minute({ main: counts(500), v2: counts(500) });
    minute({ main: counts(500), v2: counts(500) });
    expect(await watch()).toEqual({ decision: "promote", reason: "all guardrails held over 1200 answers of the canary" });
    const order = { by: "rollout", reason: "good" };
    await promoteRollout(ctx, reference, order);
    await promoteRollout(ctx, reference, order);

    expect(await weights()).toEqual({ main: 0, v2: 1 });
    expect(state.champion).toBe("churn/2");
    expect(state.championBy).toEqual({ by: "rollout", rollout: reference });
  });

  it.each([
    [
      "failures",
      { main: counts(900, { failures: 1 }), v2: counts(90, { failures: 10 }) },
      /^failures: the canary failed or refused 10 of 100, the baseline 1 of 901/,
    ],
    ["null outputs", { main: counts(900), v2: counts(100, { nullRows: 12 }) }, /^null outputs: the canary gave 12 of 100, the baseline 0 of 900/],
    [
      "latency",
      { main: counts(9_000, { milliseconds: 10 }), v2: counts(1_000, { milliseconds: 25 }) },
      /^latency: the canary's 95th percentile is more than 2\.\d\d times the baseline's, allowed is 1.5/,
    ],
  ])("rolls back for %s, and says so", async (_what, traffic, reason) => {
    const { ctx, watch, minute, weights } = await rolling();
    await takeStep(ctx, reference, 0);

    minute(traffic);
    expect(await watch()).toEqual({ decision: "rollBack", reason: expect.stringMatching(reason) });
    await rollBackRollout(ctx, reference, { by: "rollout", reason: "bad" });
    await rollBackRollout(ctx, reference, { by: "rollout", reason: "bad" });

    expect(await weights()).toEqual({ main: 1, v2: 0 });
  });

  it.each([
    ["one failure among few", { main: counts(900), v2: counts(99, { failures: 1 }) }],
    ["failures that the baseline has too", { main: counts(800, { failures: 100 }), v2: counts(89, { failures: 11 }) }],
    ["latency a little above, within what is allowed", { main: counts(9_000, { milliseconds: 10 }), v2: counts(1_000, { milliseconds: 13 }) }],
    ["latency of too few requests to tell", { main: counts(90, { milliseconds: 10 }), v2: counts(10, { milliseconds: 200 }) }],
  ])("goes on in spite of %s", async (_what, traffic) => {
    const { ctx, watch, minute } = await rolling();
    await takeStep(ctx, reference, 0);

    minute(traffic);

    expect((await watch()).decision).toBe("continue");
  });

  it("waits for enough traffic, and rolls back at the deadline without it", async () => {
    const { ctx, watch, minute } = await rolling({ deadlineSeconds: 600 });
    await takeStep(ctx, reference, 0);
    for (let index = 0; index < 9; index++) minute({ main: counts(10), v2: counts(1) });

    expect(await watch()).toEqual({ decision: "continue", reason: "the canary answered 9 requests, step 1 needs 50" });
    minute({ main: counts(10), v2: counts(1) });
    expect(await watch()).toEqual({ decision: "rollBack", reason: "undecided at the deadline: the canary answered 10 requests, step 1 needs 50" });
  });

  it("rolls back a canary that fails too often in itself, where a limit is set", async () => {
    const { ctx, watch, minute } = await rolling({ guardrails: { minimumRequests: 100, maximumFailureRate: 0.05 } });
    await takeStep(ctx, reference, 0);

    minute({ main: counts(600, { failures: 300 }), v2: counts(67, { failures: 33 }) });

    expect(await watch()).toEqual({
      decision: "rollBack",
      reason: expect.stringMatching(/^failures: the canary fails more than 0\.\d+ of its requests, allowed is 0.05/),
    });
  });

  it("is stopped at once by an abort, and its machine then takes no further step", async () => {
    const { ctx, watch, weights, post } = await rolling();
    await takeStep(ctx, reference, 0);

    const aborted = await post("abortRollout");
    await takeStep(ctx, reference, 1);

    expect(aborted.body.rollout).toMatchObject({ status: "aborted", reason: "because" });
    expect(await weights()).toEqual({ main: 1, v2: 0 });
    expect((await watch()).decision).toBe("stopped");
    expect(await promoteRollout(ctx, reference, { by: "x", reason: "" }).catch(({ message }: Error) => message)).toBe("rollout r1 has ended: aborted");
    expect((await post("abortRollout")).status).toBe(200);
    expect((await post("rollBackRollout")).body.rollout.status).toBe("aborted");
  });

  it("is taken back after its promotion, and the champion with it", async () => {
    const { state, weights, post } = await rolling();

    expect((await post("promoteRollout")).body.rollout.status).toBe("promoted");
    expect((await post("abortRollout")).status).toBe(409);
    expect((await post("rollBackRollout")).body.rollout.status).toBe("rolledBack");

    expect(await weights()).toEqual({ main: 1, v2: 0 });
    expect(state.champion).toBe("churn/1");
  });

  it("is rolled back when the canary's version is revoked", async () => {
    const { ctx, handler, watch } = await rolling();
    await takeStep(ctx, reference, 0);
    await call(handler, endpointContract, "revokeModelVersion", { modelName: "churn", modelVersion: "2", reason: "leak" });

    expect(await watch()).toEqual({ decision: "rollBack", reason: "the canary's model version was revoked: leak" });
  });

  it("starts once, however often it is asked for, and one at a time", async () => {
    const { handler, ctx } = await rolling();
    const start = (fields: object) => call(handler, endpointContract, "startRollout", { name: "churn", modelName: "churn", modelVersion: "2", ...fields });

    expect((await start({ rolloutId: "r1" })).status).toBe(200);
    expect(await start({ rolloutId: "r2" })).toMatchObject({ status: 409, body: { message: "endpoint churn has rollout r1 under way" } });
    expect((await ctx.endpoints.rollouts("churn")).map(({ rolloutId }) => rolloutId)).toEqual(["r1"]);
  });

  it("is refused over several variants, for the version that serves, and for steps that do not grow", async () => {
    const serving = aServingContext();
    const handler = createHandler(serving.ctx);
    const start = (fields: object) => call(handler, endpointContract, "startRollout", { name: "churn", modelName: "churn", ...fields });
    await call(handler, endpointContract, "putEndpoint", { name: "churn", variants: [{ modelName: "churn", modelVersion: "1" }] });

    expect((await start({ modelVersion: "1" })).body.message).toBe("modelVersion must differ from the one that serves, got churn/1");
    expect((await start({ modelVersion: "2", plan: { steps: [0.5, 0.5] } })).body.message).toContain("must grow from step to step");
    expect((await start({ modelVersion: "2", alias: "champion" })).body.message).toContain("must have either modelVersion or alias, got both");
    await call(handler, endpointContract, "putEndpoint", {
      name: "churn",
      variants: [
        { name: "a", modelName: "churn", modelVersion: "1" },
        { name: "b", modelName: "churn", modelVersion: "2" },
      ],
    });
    expect((await start({ modelVersion: "3" })).body.message).toContain("must have exactly one variant with weight to roll out over, got a, b");
  });

  it("ends at once when its machine cannot be started", async () => {
    const serving = aServingContext();
    const handler = createHandler(serving.ctx);
    await call(handler, endpointContract, "putEndpoint", { name: "churn", variants: [{ modelName: "churn", modelVersion: "1" }] });
    serving.state.machineDown = true;

    const reply = await call(handler, endpointContract, "startRollout", { name: "churn", rolloutId: "r1", modelName: "churn", modelVersion: "2" });

    expect(reply.status).toBe(500);
    expect(await serving.ctx.endpoints.findRollout("churn", "r1")).toMatchObject({ status: "aborted", reason: "its state machine could not be started" });
    expect((await serving.ctx.endpoints.find("churn"))?.rolloutId).toBeUndefined();
  });

  it("keeps the decisions that changed something, and the last look of each step", async () => {
    const { ctx, watch, minute } = await rolling();
    await takeStep(ctx, reference, 0);
    for (let index = 0; index < 3; index++) {
      minute({ main: counts(90), v2: counts(10) });
      await watch();
    }

    const found = await ctx.endpoints.findRollout("churn", "r1");

    expect(found?.decisions).toMatchObject([
      { decision: "continue", canary: { requests: 30 }, baseline: { requests: 270 }, evidence: { failures: expect.any(Number) } },
    ]);
  });
});
