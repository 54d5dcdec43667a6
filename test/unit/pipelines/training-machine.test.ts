import { describe, expect, it } from "vitest";
import { admit } from "#core/pipelines/admit.ts";
import { finish } from "#core/pipelines/finish.ts";
import { aRequest } from "#test/support/pipelines.ts";
import { aMachine, answers, evaluation, named } from "#test/support/training-machine.ts";

describe("the training machine", () => {
  it("brings a first model to its endpoint, and tells once", async () => {
    const laptop = await aMachine();
    await laptop.start();

    const { document, machine } = await laptop.end();

    expect(document).toMatchObject({ status: "succeeded", modelVersion: "7", runId: "run-one", outcome: "version 7 of churn answers at churn" });
    expect(machine).toMatchObject({ status: "SUCCEEDED", output: { status: "succeeded", outcome: "version 7 of churn answers at churn" } });
    expect([laptop.told.announced, [...laptop.holders]]).toEqual([["one succeeded"], []]);
  });

  it("joins features to train and test rows alike, and hands on the wish not to use what is known", async () => {
    const laptop = await aMachine();
    await laptop.start(aRequest({ features: { references: ["v:a"] }, cache: false }));

    await laptop.end();

    expect(laptop.called("train-model")[0]?.payload).toMatchObject({ trainUri: "s3://data/train-joined", cache: false });
    expect(laptop.called("evaluate-model")[0]?.payload).toMatchObject({ testUri: "s3://data/test-joined", cache: false });
    expect(laptop.called("join-features").map(({ payload }) => payload["cache"])).toEqual([false, false]);
  });

  it("ends as rejected where the data break their contract: nothing is trained", async () => {
    const laptop = await aMachine({
      "validate-dataset": () => {
        throw named("DataContractViolation", "dataset customers breaks its contract: age has nulls; report s3://data/report");
      },
    });
    await laptop.start();

    const { document, machine } = await laptop.end();

    expect(document).toMatchObject({
      status: "rejected",
      outcome: "the data do not keep their contract: dataset customers breaks its contract: age has nulls; report s3://data/report",
    });
    expect([machine.status, laptop.called("train-model").length, laptop.told.runs]).toEqual(["SUCCEEDED", 0, ["run-one FINISHED"]]);
  });

  it("ends as rejected where the candidate is not better: nothing is registered", async () => {
    const laptop = await aMachine({
      "compare-models": () => ({ better: false, reason: "accuracy is 0.8, the champion's 0.9", difference: -0.1, likelihood: 0 }),
    });
    await laptop.start();

    const { document } = await laptop.end();

    expect(document).toMatchObject({ status: "rejected", outcome: "not better: accuracy is 0.8, the champion's 0.9" });
    expect(laptop.called("register-model-version")).toEqual([]);
  });

  it.each([
    "ingest-dataset",
    "version-dataset",
    "join-features",
    "train-model",
    "evaluate-model",
    "find-champion",
    "compare-models",
    "record-training",
    "register-model-version",
    "start-rollout",
  ])("ends as failed, with the step and its message, where %s cannot do its work", async (name) => {
    const laptop = await aMachine({
      [name]: () => {
        throw named("DomainError", "this cannot be");
      },
    });
    await laptop.start(aRequest({ features: { references: ["v:a"] } }));

    const { document, machine } = await laptop.end();

    expect(document).toMatchObject({ status: "failed", outcome: expect.stringMatching(/^step \w+ failed: this cannot be$/) });
    expect(machine).toMatchObject({
      status: "FAILED",
      failure: { error: "DomainError", cause: expect.stringContaining(`has ended: failed: ${document?.outcome}`) },
    });
    expect([laptop.called(name).length >= 1, laptop.told.announced, [...laptop.holders]]).toEqual([true, ["one failed"], []]);
  });

  it("tries again what a service refused for now, and not what died three times", async () => {
    let refusals = 0;
    const busy = await aMachine({
      "train-model": (payload: never) => {
        refusals += 1;
        if (refusals <= 7) throw named("DependencyError", "slow down");
        return answers["train-model"]?.(payload);
      },
    });
    await busy.start();
    const dying = await aMachine({
      "train-model": () => {
        throw named("Lambda.Unknown", "the process ended");
      },
    });
    await dying.start();

    const ends = [await busy.end(), await dying.end()];

    expect(ends.map(({ document }) => document?.status)).toEqual(["succeeded", "failed"]);
    expect([busy, dying].map(({ called }) => called("train-model").length)).toEqual([8, 3]);
  });

  it.each([{}, { request: { pipeline: "x" } }])("fails at once where it is started by hand with what is no request: %j", async (input) => {
    const laptop = await aMachine();
    const { key } = await laptop.engine.start({ machine: "training", name: "by-hand", input });
    const began = laptop.clock.now();

    await laptop.clock.run();

    expect([(await laptop.engine.find(key)).status, laptop.clock.now() - began]).toEqual(["FAILED", 0]);
    expect(laptop.holders.size).toBe(0);
  });

  it("goes on without a champion that cannot read the data, and says so", async () => {
    const laptop = await aMachine({
      "find-champion": () => ({ champion: { version: "6", modelUri: "s3://artifacts/m-0", digest: "e".repeat(64) } }),
      "evaluate-model": ({ modelUri }: { modelUri: string }) => {
        if (modelUri === "s3://artifacts/m-0") throw named("DomainError", "test table must have the columns age");
        return evaluation;
      },
    });
    await laptop.start();

    const { document } = await laptop.end();

    expect(document?.status).toBe("succeeded");
    expect(laptop.called("start-rollout")[0]?.payload["reason"]).toBe("version 6 cannot be evaluated on these data: accuracy is 0.9");
  });
});

describe("two executions of one pipeline", () => {
  it("run one after the other; the second looks ever less often", async () => {
    const laptop = await aMachine();
    await admit(laptop.ctx, "holder", aRequest());
    await laptop.start();
    laptop.clock.at(laptop.clock.now() + 86_400_000, () => void finish(laptop.ctx, "holder", { status: "succeeded", outcome: "done" }));

    const { document } = await laptop.end();

    const pauses = laptop.called("admit-execution").map(({ at }, index, all) => (at - (all[index - 1]?.at ?? at)) / 1000);
    expect(document?.status).toBe("succeeded");
    expect(pauses.slice(0, 7)).toEqual([0, 2, 3, 4, 6, 10, 15]);
    expect(Math.max(...pauses)).toBe(600);
    expect(pauses.length).toBeLessThan(170);
  });

  it("fail the second after a week, before its history is full", async () => {
    const laptop = await aMachine();
    await admit(laptop.ctx, "holder", aRequest());
    await laptop.start();

    const { document } = await laptop.end();

    expect(document).toMatchObject({ status: "failed", outcome: "another execution of the pipeline has held it for a week" });
    expect((await laptop.engine.events("training:one", 1, 25_000)).length).toBeLessThan(12_000);
    expect(laptop.holders.get("churn")).toBe("holder");
  });
});
