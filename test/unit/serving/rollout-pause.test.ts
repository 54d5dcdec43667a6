import { describe, expect, it } from "vitest";
import { endpointContract } from "#contracts/platform/endpoints.ts";
import { nextLookSeconds } from "#core/serving/paused-time.ts";
import { getRollout, takeStep, watchRollout } from "#core/serving/rollouts.ts";
import { createHandler } from "#functions/endpoints/handler.ts";
import { call } from "#test/support/call.ts";
import { aServingContext, counts } from "#test/support/serving.ts";

const reference = { endpointName: "churn", rolloutId: "r1" };
const plan = { steps: [0.1, 0.5], bakeSeconds: 120, deadlineSeconds: 600, guardrails: { minimumRequests: 100 } };
type Operation = "pauseRollout" | "resumeRollout" | "abortRollout" | "promoteRollout";

/** A rollout at its first step, and two minutes of good traffic. */
async function atFirstStep() {
  const serving = aServingContext();
  const handler = createHandler(serving.ctx);
  await call(handler, endpointContract, "putEndpoint", { name: "churn", variants: [{ modelName: "churn", modelVersion: "1" }] });
  await call(handler, endpointContract, "startRollout", { name: "churn", rolloutId: "r1", modelName: "churn", modelVersion: "2", plan });
  await takeStep(serving.ctx, reference, 0);
  const minutes = (count: number) => {
    for (let minute = 0; minute < count; minute += 1) serving.minute({ main: counts(900), v2: counts(100) });
  };
  const watch = async () => {
    const { decision, reason } = await watchRollout(serving.ctx, reference);
    return { decision, reason };
  };
  const post = (operation: Operation) => call(handler, endpointContract, operation, { name: "churn", rolloutId: "r1", reason: "lunch" });
  return { ...serving, handler, minutes, watch, post };
}

describe("a paused rollout", () => {
  it("stays at its step however long it bakes, says who paused it, and takes no step", async () => {
    const { ctx, minutes, watch, post } = await atFirstStep();
    const { body } = await post("pauseRollout");
    minutes(5);

    expect(body.rollout.paused).toMatchObject({ by: "tester", reason: "lunch" });
    expect(await watch()).toEqual({ decision: "continue", reason: "paused by tester: lunch" });
    expect((await takeStep(ctx, reference, 1)).step).toBe(0);
  });

  it("goes on where it stood: the pause counts neither as baking nor against the deadline", async () => {
    const { minutes, watch, post } = await atFirstStep();
    minutes(1);
    await post("pauseRollout");
    minutes(30);
    await post("resumeRollout");

    expect(await watch()).toEqual({ decision: "continue", reason: "step 1 is baking" });
    minutes(1);
    expect((await watch()).decision).toBe("advance");
  });

  it("is still rolled back by its guardrails", async () => {
    const { minute, watch, post } = await atFirstStep();
    await post("pauseRollout");
    minute({ main: counts(900), v2: counts(10, { failures: 90 }) });

    expect((await watch()).decision).toBe("rollBack");
  });

  it("is rolled back after a day of pauses in all", async () => {
    const { minutes, watch, post, state } = await atFirstStep();
    await post("pauseRollout");
    state.now += 80_000_000;
    await post("resumeRollout");
    await post("pauseRollout");
    state.now += 6_399_000;
    expect((await watch()).decision).toBe("continue");
    state.now += 1_000;
    minutes(1);

    expect(await watch()).toEqual({ decision: "rollBack", reason: "paused for a day in all" });
  });

  it("is paused and resumed once however often it is asked, with an event for each", async () => {
    const { handler, post } = await atFirstStep();
    await post("pauseRollout");
    await post("pauseRollout");
    await post("resumeRollout");
    expect((await post("resumeRollout")).body.rollout.paused).toBeUndefined();

    const { body } = await call(handler, endpointContract, "listEndpointEvents", { name: "churn" });
    expect(body.events.slice(0, 3).map(({ change }: { readonly change: string }) => change)).toEqual(["rolloutResumed", "rolloutPaused", "rolloutStepped"]);
  });

  it("can be promoted, and cannot be paused once it has ended", async () => {
    const { ctx, post } = await atFirstStep();
    await post("pauseRollout");
    await post("promoteRollout");

    const { status, paused } = await getRollout(ctx, reference);
    expect([status, paused]).toEqual(["promoted", undefined]);
    expect((await post("pauseRollout")).status).toBe(409);
    expect((await post("resumeRollout")).status).toBe(409);
  });

  it("is not lost to a look that began before it", async () => {
    const { ctx, post, minutes } = await atFirstStep();
    minutes(1);
    const { statistics } = ctx;
    const late = {
      ...ctx,
      statistics: {
        read: async (...range: Parameters<typeof statistics.read>) => {
          await post("pauseRollout");
          return statistics.read(...range);
        },
      },
    };

    await expect(watchRollout(late, reference)).rejects.toThrow("is no longer at revision");
    expect((await getRollout(ctx, reference)).paused).toBeDefined();
  });
});

describe("looks at a paused rollout", () => {
  it("grow rarer up to every five minutes, and are as planned before and after", async () => {
    const { ctx, post } = await atFirstStep();
    const before = await getRollout(ctx, reference);
    await post("pauseRollout");
    const paused = await getRollout(ctx, reference);
    const at = ctx.now();

    expect(nextLookSeconds(before, at)).toBe(12);
    expect([60, 600, 6000, 60_000].map((seconds) => nextLookSeconds(paused, at + seconds * 1000))).toEqual([12, 60, 300, 300]);
  });
});
