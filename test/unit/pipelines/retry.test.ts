import { describe, expect, it } from "vitest";
import { pipelineContract } from "#contracts/platform/pipelines.ts";
import { admit } from "#core/pipelines/admit.ts";
import { finish } from "#core/pipelines/finish.ts";
import { createTask as closeTask } from "#functions/close-execution/handler.ts";
import { createTask as requestTask } from "#functions/request-approval/handler.ts";
import { call } from "#test/support/call.ts";
import { aRequest, killedAt } from "#test/support/pipelines.ts";
import { aMachine, answers, named } from "#test/support/training-machine.ts";

const machine = "arn:aws:states:us-east-1:1:stateMachine:training";

/** A machine whose task fails as often as said, each time as what cannot be mended by trying again. */
async function failing(name: string, times: number, request = aRequest()) {
  let left = times;
  const laptop = await aMachine({
    [name]: (payload: never) => {
      if (left-- > 0) throw named("DomainError", "this cannot be");
      return answers[name]?.(payload);
    },
  });
  await laptop.start(request);
  await laptop.end();
  return { ...laptop, retry: () => call(laptop.api, pipelineContract, "retryExecution", { name: "one" }) };
}

describe("retrying an execution", () => {
  it.each([
    ["ingest-dataset", "Ingest", {}],
    ["validate-dataset", "Validate", {}],
    ["version-dataset", "Version", {}],
    ["join-features", "JoinFeatures", { features: { references: ["v:a"] } }],
    ["train-model", "Train", {}],
    ["evaluate-model", "Evaluate", {}],
    ["find-champion", "FindChampion", {}],
    ["compare-models", "Compare", {}],
    ["record-training", "Record", {}],
    ["register-model-version", "Register", {}],
    ["start-rollout", "StartRollout", {}],
  ])("goes on where %s failed, and does nothing again that was done", async (name, step, rest) => {
    const laptop = await failing(name, 1, aRequest(rest));
    const before = new Map(Object.keys(answers).map((task) => [task, laptop.called(task).length]));
    expect((await laptop.end()).document).toMatchObject({ status: "failed", retryFrom: step });

    const { status, body } = await laptop.retry();
    const { document } = await laptop.end();

    expect([status, body.execution]).toEqual([200, expect.objectContaining({ status: "running", retries: 1 })]);
    expect(body.execution).not.toHaveProperty("outcome");
    expect(document).toMatchObject({ status: "succeeded", retries: 1, isFinished: true });
    expect(document).not.toHaveProperty("retryFrom");
    const ended = [...before].filter(([task, count]) => task !== name && count > 0 && laptop.called(task).length !== count && task !== "join-features");
    expect(ended).toEqual([]);
    expect(laptop.told.runs).toEqual(["run-one FAILED", "run-one RUNNING", "run-one FINISHED"]);
    expect([laptop.told.announced, [...laptop.holders]]).toEqual([["one failed", "one succeeded"], []]);
  });

  it("may fail again, and be retried again", async () => {
    const laptop = await failing("train-model", 2);

    await laptop.retry();
    expect((await laptop.end()).document).toMatchObject({ status: "failed", retries: 1, retryFrom: "Train" });
    await laptop.retry();

    expect((await laptop.end()).document).toMatchObject({ status: "succeeded", retries: 2 });
  });

  it("waits while another execution has the pipeline", async () => {
    const laptop = await failing("train-model", 1);
    await admit(laptop.ctx, "other", aRequest());
    const retriedAt = laptop.clock.now();
    laptop.clock.at(retriedAt + 3_600_000, () => void finish(laptop.ctx, "other", { status: "succeeded", outcome: "done" }));

    await laptop.retry();
    const { document } = await laptop.end();

    expect(document?.status).toBe("succeeded");
    expect(laptop.called("train-model").at(-1)?.at).toBeGreaterThanOrEqual(retriedAt + 3_600_000);
  });

  it("gives a script's next attempt a job name that was not used before", async () => {
    const names: unknown[] = [];
    const laptop = await aMachine({}, async (operation, input) => {
      const { TrainingJobName } = input as { readonly TrainingJobName: string };
      if (operation === "CreateTrainingJob") names.push(TrainingJobName);
      if (names.length === 1) return { TrainingJobName, TrainingJobStatus: "Failed", FailureReason: "AlgorithmError: no" };
      return { TrainingJobName, TrainingJobStatus: "Completed", ModelArtifacts: { S3ModelArtifacts: "s3://artifacts/model" } };
    });
    await laptop.start(aRequest({ training: { trainer: "script", code: "s3://data/code/", entryPoint: "train.py" } }));
    expect((await laptop.end()).document).toMatchObject({ status: "failed", retryFrom: "RunScript" });

    await call(laptop.api, pipelineContract, "retryExecution", { name: "one" });

    expect((await laptop.end()).document?.status).toBe("succeeded");
    expect(names).toEqual(["capstan-one-1234-0", "capstan-one-1234-100"]);
  });

  it("asks for approval again where the request had expired with the execution", async () => {
    let isLost = true;
    const laptop: Awaited<ReturnType<typeof aMachine>> = await aMachine({
      "request-approval": async (payload: never) => {
        await requestTask(laptop.ctx)(payload);
        if (isLost) throw named("DomainError", "the answer was lost");
      },
    });
    await laptop.start(aRequest({ approval: { mode: "manual", timeoutSeconds: 600 } }));
    await laptop.end();
    const expired = (await laptop.ctx.approvals.find("one"))?.document;
    isLost = false;

    await call(laptop.api, pipelineContract, "retryExecution", { name: "one" });
    laptop.clock.at(laptop.clock.now() + 60_000, () => void call(laptop.api, pipelineContract, "approve", { execution: "one", reason: "good" }));

    const { document } = await laptop.end();
    expect([expired?.status, document?.status, laptop.called("train-model").length]).toEqual(["expired", "succeeded", 1]);
  });

  it("repeated while the execution runs again changes nothing", async () => {
    const laptop = await failing("train-model", 1);

    const [first, second] = [await laptop.retry(), await laptop.retry()];

    expect([second.status, second.body]).toEqual([200, first.body]);
    expect((await laptop.end()).document).toMatchObject({ status: "succeeded", retries: 1 });
  });

  it.each(["reopenRun", "redrive"] as const)("does what was left when it was killed at %s", async (method) => {
    const laptop = await failing("train-model", 1);
    const live = method === "redrive" ? killedAt(laptop.ctx.engine, method) : killedAt(laptop.ctx, method);
    expect((await laptop.retry()).status).toBe(500);
    live();

    expect((await laptop.retry()).status).toBe(200);

    expect((await laptop.end()).document).toMatchObject({ status: "succeeded", retries: 1 });
  });

  it("is undone where Step Functions goes on with the execution no more", async () => {
    const laptop = await failing("train-model", 1);
    const before = (await laptop.ctx.executions.find("one"))?.document;
    laptop.ctx.engine.redrive = async () => false;

    expect(await laptop.retry()).toMatchObject({ status: 409, body: { message: expect.stringContaining("start it again instead") } });

    expect((await laptop.ctx.executions.find("one"))?.document).toEqual(before);
    expect(laptop.told.runs.at(-1)).toBe("run-one FAILED");
  });

  it.each([
    ["that succeeded", { status: "succeeded" }, "execution one is succeeded, only a failed one can be retried"],
    ["that was stopped", { status: "stopped" }, "execution one is stopped, only a failed one can be retried"],
    ["that runs for the first time", { status: "running" }, "execution one is running, only a failed one can be retried"],
    ["that failed where no step is left to go on at", { status: "failed", isFinished: true }, /no step is left to go on at, start it again instead$/],
    ["that is being closed", { status: "failed", retryFrom: "Train" }, /still being closed/],
    [
      "of long ago",
      { status: "failed", retryFrom: "Train", isFinished: true, endedAt: 1 },
      "execution one ended more than 14 days ago, start it again instead",
    ],
  ] as const)("refuses one %s", async (_what, fields, message) => {
    const laptop = await aMachine();
    await laptop.ctx.executions.insert({ ...aDocument(), ...fields });

    expect(await call(laptop.api, pipelineContract, "retryExecution", { name: "one" })).toMatchObject({
      status: 409,
      body: { error_code: "RESOURCE_CONFLICT", message: expect.stringMatching(message) },
    });
    expect(await call(laptop.api, pipelineContract, "retryExecution", { name: "two" })).toMatchObject({ status: 404 });
  });

  it("is not ended by what is told late of the failure before it", async () => {
    const laptop = await failing("train-model", 1);
    const stopDate = laptop.clock.now();
    await laptop.retry();

    const close = closeTask(laptop.ctx, machine);
    await close({ detail: { stateMachineArn: machine, name: "one", status: "FAILED", stopDate, input: null } });

    expect((await laptop.ctx.executions.find("one"))?.document.status).toBe("running");
    expect((await laptop.end()).document?.status).toBe("succeeded");
  });
});

function aDocument() {
  const request = aRequest();
  return {
    name: "one",
    pipeline: request.pipeline,
    startedAt: 1,
    endedAt: Number.MAX_SAFE_INTEGER,
    startedBy: "ann",
    trigger: "manual" as const,
    reason: "",
    request,
  };
}
