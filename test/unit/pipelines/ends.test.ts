import { describe, expect, it } from "vitest";
import { pipelineContract } from "#contracts/platform/pipelines.ts";
import { admit } from "#core/pipelines/admit.ts";
import { startExecution } from "#core/pipelines/start.ts";
import { createTask as closeTask } from "#functions/close-execution/handler.ts";
import { createTask as finishTask } from "#functions/finish-execution/handler.ts";
import { createHandler } from "#functions/pipelines/handler.ts";
import { call } from "#test/support/call.ts";
import { aPipelinesContext, aRequest, killedAt } from "#test/support/pipelines.ts";

const machine = "arn:aws:states:us-east-1:1:stateMachine:training";

/** An execution under way, with its run and its slot. */
async function underWay(name = "one") {
  const fakes = aPipelinesContext();
  await startExecution(fakes.ctx, aRequest(), "ann", name);
  await admit(fakes.ctx, name, aRequest());
  const close = closeTask(fakes.ctx, machine);
  const event = (fields: object) => ({
    detail: { stateMachineArn: machine, name, status: "ABORTED", input: JSON.stringify({ request: aRequest() }), error: null, cause: null, ...fields },
  });
  const read = async () => (await fakes.ctx.executions.find(name))?.document;
  const finished = { execution: name, modelVersion: "3", rolloutId: name, outcome: { status: "succeeded", reason: "it answers" } };
  return { ...fakes, read, finished, close: (fields: object = {}) => close(event(fields)), finish: finishTask(fakes.ctx) };
}

describe("finish-execution", () => {
  it("ends document, run and slot, and tells once, however often it is repeated", async () => {
    const { finish, finished, read, told, holders } = await underWay();

    await finish(finished);
    const again = await finish(finished);

    expect(await read()).toMatchObject({ status: "succeeded", outcome: "it answers", modelVersion: "3", rolloutId: "one" });
    expect(again).toEqual({ status: "succeeded", outcome: "it answers" });
    expect([told.runs, told.announced, [...holders]]).toEqual([["run-one FINISHED"], ["one succeeded"], []]);
  });

  it("does what was left when it was killed in between", async () => {
    const { ctx, finish, finished, told, holders } = await underWay();
    const live = killedAt(ctx.slots, "release");
    await expect(finish(finished)).rejects.toThrow("killed");
    live();

    await finish(finished);

    expect([told.announced, [...holders]]).toEqual([["one succeeded"], []]);
  });

  it("says what a step failed with in words, not as Lambda's report of it", async () => {
    const { finish, finished, read } = await underWay();
    const cause = JSON.stringify({ errorType: "DomainError", errorMessage: "target x must hold numbers", trace: ["at a", "at b"] });

    await finish({ ...finished, outcome: { status: "failed", reason: "step Train failed", failure: { error: "DomainError", cause } } });

    expect(await read()).toMatchObject({ status: "failed", outcome: "step Train failed: target x must hold numbers" });
  });

  it.each([
    ["States.Timeout", "", "step Train failed: States.Timeout"],
    ["TypeError", '{"errorMessage":"x is not a function"}', "step Train failed: TypeError: x is not a function"],
    ["Custom", "no JSON", "step Train failed: Custom: no JSON"],
  ])("keeps the name of %s", async (error, cause, outcome) => {
    const { finish, finished, read } = await underWay();

    await finish({ ...finished, outcome: { status: "failed", reason: "step Train failed", failure: { error, cause } } });

    expect((await read())?.outcome).toBe(outcome);
  });
});

describe("stopExecution", () => {
  const stop = (ctx: Awaited<ReturnType<typeof underWay>>["ctx"], fields: Readonly<Record<string, unknown>>) =>
    call(createHandler(ctx), pipelineContract, "stopExecution", fields, { principal: "bob" });

  it("stops the machine first, then gives back what the execution held", async () => {
    const { ctx, told, holders } = await underWay();

    const { body } = await stop(ctx, { name: "one", reason: "wrong data" });

    expect(body.execution).toMatchObject({ status: "stopped", outcome: "stopped by bob: wrong data" });
    expect(told).toMatchObject({
      stopped: ["one: stopped by bob: wrong data"],
      abandoned: ["churn/one"],
      runs: ["run-one KILLED"],
      announced: ["one stopped"],
    });
    expect([...holders]).toEqual([]);
  });

  it("changes nothing about an execution that has ended", async () => {
    const { ctx, finish, finished, told } = await underWay();
    await finish(finished);

    const { body } = await stop(ctx, { name: "one" });

    expect(body.execution).toMatchObject({ status: "succeeded" });
    expect(told.stopped).toEqual([]);
  });

  it("does what was left when it was killed in between", async () => {
    const { ctx, told } = await underWay();
    const live = killedAt(ctx, "announce");
    expect((await stop(ctx, { name: "one" })).status).toBe(500);
    live();

    const { body } = await stop(ctx, { name: "one" });

    expect(body.execution.status).toBe("stopped");
    expect(told.announced).toEqual(["one stopped"]);
  });

  it("refuses a name that nobody has", async () => {
    const { ctx } = await underWay();

    expect(await stop(ctx, { name: "two" })).toMatchObject({ status: 404, body: { error_code: "RESOURCE_DOES_NOT_EXIST" } });
  });
});

describe("close-execution", () => {
  it.each([
    ["ABORTED", { cause: "by hand" }, { status: "stopped", outcome: "by hand" }],
    ["ABORTED", {}, { status: "stopped", outcome: "aborted in Step Functions" }],
    ["TIMED_OUT", {}, { status: "failed", outcome: "the state machine ran out of time" }],
    ["FAILED", { error: "States.Runtime", cause: "no variable" }, { status: "failed", outcome: "the state machine failed: States.Runtime: no variable" }],
  ])("finishes an execution that its machine could not: %s", async (status, fields, expected) => {
    const { close, read, told, holders } = await underWay();

    await close({ status, ...fields });

    expect(await read()).toMatchObject(expected);
    expect([told.abandoned, told.announced.length, [...holders]]).toEqual([["churn/one"], 1, []]);
  });

  it("agrees with a stop that runs at the same time", async () => {
    const { ctx, close, read, told } = await underWay();

    await Promise.all([
      call(createHandler(ctx), pipelineContract, "stopExecution", { name: "one", reason: "late" }, { principal: "bob" }),
      close({ error: "Stopped", cause: "stopped by bob: late" }),
    ]);

    expect(await read()).toMatchObject({ status: "stopped", outcome: "stopped by bob: late", isFinished: true });
    expect(told.runs).toContain("run-one KILLED");
  });

  it.each([
    ["of another machine", { stateMachineArn: "arn:other" }],
    ["of executions that go on", { status: "RUNNING" }],
    ["without a request", { name: "by-hand", input: '"nonsense"' }],
    ["whose input was too long to be told", { name: "by-hand", input: null }],
  ])("leaves alone events %s", async (_title, fields) => {
    const { close, read, told } = await underWay();

    await close(fields);

    expect(await read()).toMatchObject({ status: "running" });
    expect(told.announced).toEqual([]);
  });

  it("does not tell again what the machine finished itself", async () => {
    const { close, finish, finished, told } = await underWay();
    await finish({ ...finished, outcome: { status: "failed", reason: "no" } });

    await close({ status: "FAILED", error: "DomainError", cause: "has ended" });

    expect(told.announced).toEqual(["one failed"]);
  });

  it("lets a first step that comes after the end hold nothing", async () => {
    const { ctx, told, holders } = aPipelinesContext();
    const close = closeTask(ctx, machine);
    await close({ detail: { stateMachineArn: machine, name: "early", status: "ABORTED", input: JSON.stringify({ request: aRequest() }) } });

    await expect(admit(ctx, "early", aRequest())).rejects.toThrow("execution early has ended: stopped");

    expect([...holders]).toEqual([]);
    expect(told.announced).toEqual(["early stopped"]);
  });
});

describe("admit-execution", () => {
  it("lets one execution of a pipeline in at a time", async () => {
    const { ctx, finish, finished } = await underWay("one");

    const waiting = await admit(ctx, "two", aRequest());
    const other = await admit(ctx, "three", aRequest({ pipeline: "other" }));
    await finish(finished);
    const then = await admit(ctx, "two", aRequest());

    expect([waiting.admitted, other.admitted, then.admitted]).toEqual([false, true, true]);
  });

  it("answers a repeat with the run that was made", async () => {
    const { ctx } = await underWay();
    const opened: (string | undefined)[] = [];
    const again = {
      ...ctx,
      openWorkplace: async (execution: string, _request: unknown, { runId }: { readonly runId?: string | undefined }) => {
        opened.push(runId);
        return ctx.openWorkplace(execution);
      },
    };

    await admit(again, "one", aRequest());

    expect(opened).toEqual(["run-one"]);
  });

  it("takes the slot of an execution that ended without giving it back", async () => {
    const { ctx, finish, finished, holders } = await underWay("one");
    const live = killedAt(ctx.slots, "release");
    await expect(finish(finished)).rejects.toThrow("killed");
    live();

    const { admitted } = await admit(ctx, "two", aRequest());

    expect([admitted, holders.get("churn")]).toEqual([true, "two"]);
  });
});
