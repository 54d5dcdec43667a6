import { describe, expect, it } from "vitest";
import { pipelineContract } from "#contracts/platform/pipelines.ts";
import { admit } from "#core/pipelines/admit.ts";
import { finish } from "#core/pipelines/finish.ts";
import { call } from "#test/support/call.ts";
import { aRequest, killedAt } from "#test/support/pipelines.ts";
import { aMachine } from "#test/support/training-machine.ts";

const manual = aRequest({ approval: { mode: "manual", timeoutSeconds: 3600 } });

describe("an execution that needs a person's word", () => {
  const decide = (laptop: Awaited<ReturnType<typeof aMachine>>, operation: "approve" | "reject", inSeconds: number) =>
    laptop.clock.at(laptop.clock.now() + inSeconds * 1000, () => void call(laptop.api, pipelineContract, operation, { execution: "one", reason: "I looked" }));

  it("goes on when it is approved", async () => {
    const laptop = await aMachine();
    await laptop.start(manual);
    decide(laptop, "approve", 1800);

    expect((await laptop.end()).document).toMatchObject({ status: "succeeded", modelVersion: "7" });
  });

  it("ends as rejected, with who and why, when it is rejected", async () => {
    const laptop = await aMachine();
    await laptop.start(manual);
    decide(laptop, "reject", 1800);

    expect((await laptop.end()).document).toMatchObject({ status: "rejected", outcome: "rejected by tester: I looked" });
    expect(laptop.called("start-rollout")).toEqual([]);
  });

  it("ends as rejected when nobody answers in time", async () => {
    const laptop = await aMachine();
    await laptop.start(manual);

    const { document } = await laptop.end();

    expect(document).toMatchObject({ status: "rejected", outcome: "nobody approved it in time" });
    expect((await laptop.ctx.approvals.find("one"))?.document.status).toBe("expired");
  });

  it("goes on with an approval of the last second, also when its message was lost", async () => {
    const laptop = await aMachine();
    killedAt(laptop.ctx.tokens, "succeed");
    await laptop.start(manual);
    decide(laptop, "approve", 3599);

    expect((await laptop.end()).document).toMatchObject({ status: "succeeded" });
  });

  it("leaves the pipeline to others meanwhile, and is measured against the champion that they made", async () => {
    let champion: object | null = null;
    const better = [true, false];
    const laptop = await aMachine({
      "find-champion": () => ({ champion }),
      "compare-models": ({ champion: against }: { champion: unknown }) => ({
        better: better.shift(),
        reason: against === null ? "first" : "worse than version 8",
        difference: 0,
        likelihood: null,
      }),
    });
    await laptop.start(manual);
    laptop.clock.at(laptop.clock.now() + 600_000, () => {
      champion = { version: "8", modelUri: "s3://artifacts/m-8", digest: "e".repeat(64) };
      void admit(laptop.ctx, "two", aRequest());
    });
    decide(laptop, "approve", 1200);
    laptop.clock.at(laptop.clock.now() + 1_800_000, () => void finish(laptop.ctx, "two", { status: "succeeded", outcome: "version 8" }));

    const { document } = await laptop.end();

    expect(document).toMatchObject({ status: "rejected", outcome: "not better: worse than version 8" });
    expect(laptop.called("request-approval")).toHaveLength(1);
    expect([laptop.called("train-model").length, laptop.called("start-rollout").length]).toEqual([1, 0]);
  });
});

describe("a rollout that an execution starts", () => {
  const watched = ({ rolloutId }: { rolloutId: string }) => ({ endpointName: "churn", rolloutId, watch: true, status: "running" });

  it("is waited for", async () => {
    const laptop = await aMachine({ "start-rollout": watched });
    await laptop.start();

    expect((await laptop.end()).document).toMatchObject({ status: "succeeded", rolloutId: "one" });
  });

  it("that rolls back rejects the version", async () => {
    const laptop = await aMachine({
      "start-rollout": watched,
      "watch-rollout": () => ({ decision: "rollBack", reason: "too many errors", status: "running", step: 0, waitSeconds: 1 }),
      "roll-back-rollout": ({ rolloutId }: { rolloutId: string }) => ({ endpointName: "churn", rolloutId, status: "rolledBack", reason: "too many errors" }),
    });
    await laptop.start();

    expect((await laptop.end()).document).toMatchObject({ status: "rejected", outcome: "not promoted: too many errors", rolloutId: "one" });
  });

  it("that had ended before it could be watched is not taken for promoted", async () => {
    const laptop = await aMachine({
      "start-rollout": ({ rolloutId }: { rolloutId: string }) => ({ endpointName: "churn", rolloutId, watch: false, status: "aborted" }),
    });
    await laptop.start();

    expect((await laptop.end()).document).toMatchObject({ status: "rejected", outcome: "not promoted: the rollout has ended: aborted" });
  });

  it("whose machine is lost is rolled back by the execution", async () => {
    const laptop = await aMachine({
      "start-rollout": watched,
      "watch-rollout": () => {
        void laptop.engine.abort("rollout:one", { error: "Aborted", cause: "by hand" });
        return { decision: "continue", reason: "", status: "running", step: 0, waitSeconds: 60 };
      },
    });
    await laptop.start();

    const { document } = await laptop.end();

    expect(document).toMatchObject({ status: "failed", outcome: "step RollOut failed: States.TaskFailed: by hand" });
    expect(laptop.called("roll-back-rollout")).toMatchObject([{ payload: { endpointName: "churn", rolloutId: "one", reason: "its state machine was lost" } }]);
  });
});
