import { describe, expect, it } from "vitest";
import { pipelineContract } from "#contracts/platform/pipelines.ts";
import { admit } from "#core/pipelines/admit.ts";
import { finish } from "#core/pipelines/finish.ts";
import { createHandler } from "#functions/pipelines/handler.ts";
import { createTask as requestTask } from "#functions/request-approval/handler.ts";
import { createTask as settleTask } from "#functions/settle-approval/handler.ts";
import { call } from "#test/support/call.ts";
import { aPipelinesContext, aRequest, killedAt } from "#test/support/pipelines.ts";

const request = aRequest({ approval: { mode: "manual", timeoutSeconds: 3600 } });
const evaluation = { digest: "d".repeat(64), testHash: "t", rows: 10, metrics: { accuracy: 0.9 }, predictionsUri: "s3://data/p" };
const asked = {
  taskToken: "token-1",
  execution: "one",
  request,
  modelVersion: "7",
  runId: "run-one",
  evaluation,
  championEvaluation: { ...evaluation, metrics: { accuracy: 0.8 } },
  comparison: { better: true, reason: "accuracy is 0.9, the champion's 0.8", difference: 0.1, likelihood: 0.97 },
  data: { dataset: "customers", version: "v1", manifestUri: "s3://data/m", uri: "s3://data/d", rows: 100, trainUri: null, testUri: null },
};

/** An execution that waits for somebody's word. */
async function waiting() {
  const fakes = aPipelinesContext();
  const { ctx } = fakes;
  await admit(ctx, "one", request);
  const ask = requestTask(ctx);
  await ask(asked);
  const handler = createHandler(ctx);
  const api = (operation: "approve" | "reject" | "getApproval" | "listApprovals", fields: Readonly<Record<string, unknown>> = {}, principal = "ann") =>
    call(handler, pipelineContract, operation, operation === "listApprovals" ? fields : { execution: "one", ...fields }, { principal });
  return { ...fakes, ask, api, settle: settleTask(ctx) };
}

describe("a request for approval", () => {
  it("shows what the decision rests on, and never the token", async () => {
    const { api } = await waiting();

    const { body } = await api("getApproval");

    expect(body.approval).toMatchObject({
      execution: "one",
      registeredModel: "churn",
      modelVersion: "7",
      status: "pending",
      evidence: { candidate: { accuracy: 0.9 }, champion: { accuracy: 0.8 }, comparison: "accuracy is 0.9, the champion's 0.8", datasetVersion: "v1" },
    });
    expect(JSON.stringify(body)).not.toContain("token");
  });

  it("is found by the model and the version that it is about", async () => {
    const { api } = await waiting();
    const found = async (fields: Readonly<Record<string, unknown>>) => (await api("listApprovals", fields)).body.approvals.length;

    expect(await found({ registeredModel: "churn" })).toBe(1);
    expect(await found({ registeredModel: "churn", modelVersion: "7", status: "pending" })).toBe(1);
    expect(await found({ registeredModel: "churn", modelVersion: "8" })).toBe(0);
    expect(await found({ registeredModel: "other" })).toBe(0);
    expect(await api("listApprovals", { modelVersion: "7" })).toMatchObject({ status: 400, body: { message: expect.stringMatching(/^registeredModel /) } });
  });

  it("leaves the pipeline to others while it waits, and notes the version that it is about", async () => {
    const { ctx, holders } = await waiting();

    const { admitted } = await admit(ctx, "two", aRequest());

    expect([admitted, holders.get("churn")]).toEqual([true, "two"]);
    expect((await ctx.executions.find("one"))?.document).toMatchObject({ modelVersion: "7", status: "running" });
  });

  it("is pending until it is decided, and expired when its time is over", async () => {
    const { api, state } = await waiting();
    const pending = await api("listApprovals", { status: "pending" });
    state.now += 3600 * 1000;

    const late = await api("approve", { reason: "good" });

    expect(pending.body.approvals).toHaveLength(1);
    expect((await api("listApprovals", { status: "pending" })).body.approvals).toHaveLength(0);
    expect((await api("getApproval")).body.approval.status).toBe("expired");
    expect(late).toMatchObject({ status: 409, body: { message: "approval of execution one is expired, only a pending one can be approved" } });
  });
});

describe("a decision", () => {
  it.each(["approve", "reject"] as const)("to %s is recorded and sent to the waiting machine", async (operation) => {
    const { api, told, state } = await waiting();

    const { status, body } = await api(operation, { reason: "I looked" });

    const decision = operation === "approve" ? "approved" : "rejected";
    expect(status).toBe(200);
    expect(body.approval).toMatchObject({ status: decision, decidedBy: "ann", reason: "I looked", decidedAt: state.now });
    expect(told.answers).toEqual([["token-1", { decision, by: "ann", reason: "I looked" }]]);
  });

  it("needs a reason", async () => {
    const { api } = await waiting();

    expect(await api("approve", { reason: "  " })).toMatchObject({ status: 400, body: { message: expect.stringMatching(/^reason: /) } });
  });

  it("repeated changes nothing; the other one is a conflict", async () => {
    const { api } = await waiting();
    await api("approve", { reason: "good" });

    const again = await api("approve", { reason: "still good" }, "bob");
    const other = await api("reject", { reason: "bad" }, "bob");

    expect(again.body.approval).toMatchObject({ status: "approved", decidedBy: "ann", reason: "good" });
    expect(other).toMatchObject({ status: 409, body: { error_code: "RESOURCE_CONFLICT" } });
  });

  it("of two at once one counts", async () => {
    const { api, told } = await waiting();

    const replies = await Promise.all([api("approve", { reason: "good" }), api("reject", { reason: "bad" }, "bob")]);

    expect(replies.map(({ status }) => status)).toEqual(expect.arrayContaining([200, 409]));
    expect(new Set(told.answers.map(([, answer]) => JSON.stringify(answer))).size).toBe(1);
  });

  it("whose message was lost is sent by a repeat of the call", async () => {
    const { ctx, api, told } = await waiting();
    const live = killedAt(ctx.tokens, "succeed");
    await api("approve", { reason: "good" });
    live();

    await api("approve", { reason: "good" });

    expect(told.answers).toEqual([["token-1", { decision: "approved", by: "ann", reason: "good" }]]);
  });

  it("whose message was lost counts when the machine stops waiting", async () => {
    const { ctx, api, settle } = await waiting();
    killedAt(ctx.tokens, "succeed");
    await api("approve", { reason: "good" });

    expect(await settle({ execution: "one" })).toEqual({ decision: "approved", by: "ann", reason: "good" });
  });

  it("made before a retried state asks again is sent under the new token", async () => {
    const { api, ask, told } = await waiting();
    await api("approve", { reason: "good" });

    await ask({ ...asked, taskToken: "token-2" });

    expect(told.answers.at(-1)).toEqual(["token-2", { decision: "approved", by: "ann", reason: "good" }]);
  });

  it("made after a retried state asked again is sent under the new token, within the first time", async () => {
    const { api, ask, told, state } = await waiting();
    const first = (await api("getApproval")).body.approval.expiresAt;
    state.now += 1000;
    await ask({ ...asked, taskToken: "token-2" });

    const { body } = await api("approve", { reason: "good" });

    expect(told.answers).toEqual([["token-2", { decision: "approved", by: "ann", reason: "good" }]]);
    expect(body.approval.expiresAt).toBe(first);
  });

  it("is refused where nobody asked", async () => {
    const { api } = await waiting();

    expect(await api("approve", { execution: "two", reason: "good" })).toMatchObject({ status: 404 });
  });
});

describe("the end of a wait", () => {
  it("closes a request that nobody decided", async () => {
    const { api, settle } = await waiting();

    const settled = await settle({ execution: "one" });

    expect(settled).toEqual({ decision: "expired", by: "", reason: "nobody decided in time" });
    expect(await api("approve", { reason: "good" })).toMatchObject({ status: 409 });
  });

  it("comes with the end of the execution", async () => {
    const { ctx, api } = await waiting();

    await finish(ctx, "one", { status: "stopped", outcome: "stopped by ann" });

    expect((await api("getApproval")).body.approval).toMatchObject({ status: "expired", reason: "the execution has ended: stopped" });
  });
});
