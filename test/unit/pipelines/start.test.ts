import { describe, expect, it } from "vitest";
import { pipelineContract } from "#contracts/platform/pipelines.ts";
import { finish } from "#core/pipelines/finish.ts";
import { createHandler } from "#functions/pipelines/handler.ts";
import { call } from "#test/support/call.ts";
import { aPipelinesContext, killedAt, plainRequest } from "#test/support/pipelines.ts";

function aService() {
  const fakes = aPipelinesContext();
  const handler = createHandler(fakes.ctx);
  const start = (fields: object, principal = "ann") => call(handler, pipelineContract, "startExecution", { request: plainRequest, ...fields }, { principal });
  return { ...fakes, handler, start };
}

describe("startExecution", () => {
  it("starts the machine and answers with the execution, under a name made of the pipeline's", async () => {
    const { start, running } = aService();

    const { status, body } = await start({});

    expect(status).toBe(200);
    expect(body.execution).toMatchObject({ name: "churn-id0", pipeline: "churn", status: "running", startedBy: "ann", trigger: "api" });
    expect([...running]).toEqual(["churn-id0"]);
  });

  it("answers a repeat of the same name and request with the same execution, also when that has ended", async () => {
    const { start, ctx, running } = aService();
    await start({ name: "one" });

    const again = await start({ name: "one" });
    running.delete("one");
    await finish(ctx, "one", { status: "succeeded", outcome: "done" });
    const afterwards = await start({ name: "one" });

    expect(again.body.execution).toMatchObject({ name: "one", status: "running" });
    expect(afterwards.body.execution).toMatchObject({ name: "one", status: "succeeded" });
  });

  it.each([
    ["another request", { request: { ...plainRequest, target: "left" } }, "ann"],
    ["another caller, who would else be told that it is theirs", {}, "bob"],
  ])("refuses a name that is taken: %s", async (_title, fields, principal) => {
    const { start } = aService();
    await start({ name: "one" });

    const reply = await start({ name: "one", ...fields }, principal);

    expect(reply).toMatchObject({ status: 409, body: { error_code: "RESOURCE_CONFLICT", message: expect.stringContaining("execution one exists already") } });
  });

  it("heals a crash between the machine's start and the document", async () => {
    const { start, ctx } = aService();
    const live = killedAt(ctx.executions, "insert");
    const killed = await start({ name: "one" });
    live();

    const again = await start({ name: "one" });

    expect(killed.status).toBe(500);
    expect(again.body.execution).toMatchObject({ name: "one", status: "running" });
  });

  it("names the caller as the one who asked, whatever the request says", async () => {
    const { start } = aService();

    const { body } = await start({ request: { ...plainRequest, trigger: { type: "manual", by: "the king", reason: "new data" } } });

    expect(body.execution).toMatchObject({ startedBy: "ann", trigger: "manual", reason: "new data" });
  });

  const request = (fields: object) => ({ request: { ...plainRequest, ...fields } });
  it.each([
    ["request: is required", { request: undefined }],
    ["name: must be 1 to 80", { name: "a/b" }],
    ["request.pipeline: must be 1 to 40", request({ pipeline: `a${"-".repeat(60)}b` })],
    ["request.pipeline", request({ pipeline: "Churn" })],
    ["request.dataset.name", request({ dataset: { ...plainRequest.dataset, name: "../secrets" } })],
    ["request.dataset.sourceUri: must be like s3://bucket/key", request({ dataset: { name: "customers", sourceUri: "file:///etc/passwd" } })],
    ["request.dataset.split.testShare", request({ dataset: { ...plainRequest.dataset, split: { testShare: 1 } } })],
    ["request.dataset.split", request({ dataset: { ...plainRequest.dataset, split: { share: 0.5 } } })],
    ["request.features.references[0]: must be like view:feature", request({ features: { references: ["views"] } })],
    ["request.features.references: must not name a feature twice", request({ features: { references: ["v:a", "v:a"] } })],
    ["request.target", request({ target: "" })],
    ["request.ignoredColumns: must not name the target", request({ ignoredColumns: ["churned"] })],
    ["request.problem", request({ problem: "clustering" })],
    ["request.training.options.learningRate", request({ training: { options: { learningRate: 5 } } })],
    ["request.training.options", request({ training: { options: { depth: 5 } } })],
    ["request.training.seed", request({ training: { seed: 2 ** 33 } })],
    ["request.registeredModel: must not hold / or :", request({ registeredModel: "a/b" })],
    ["request.endpoint: must be 1 to 63", request({ endpoint: "a b" })],
    ["request.comparison.metric: must be accuracy, auc, f1 or logLoss for classification", request({ comparison: { metric: "rmse" } })],
    ["request.approval.timeoutSeconds", request({ approval: { mode: "manual", timeoutSeconds: 1 } })],
    ["request.approval.mode", request({ approval: { mode: "never" } })],
    ["request.rollout.steps", request({ rollout: { steps: [0.5, 0.1] } })],
    ["request.trigger.type must be manual, api or schedule, got drift", request({ trigger: { type: "drift" } })],
    ["request must be at most 131072 bytes", request({ ignoredColumns: Array.from({ length: 2000 }, (_, index) => `${"c".repeat(70)}${index}`) })],
  ])("refuses a hostile request: %s", async (message, fields) => {
    const { start, running } = aService();

    const reply = await start(fields);

    expect(reply).toMatchObject({ status: 400, body: { error_code: "INVALID_PARAMETER_VALUE", message: expect.stringContaining(message) } });
    expect(running.size).toBe(0);
  });
});

describe("listExecutions", () => {
  it("pages through a pipeline's executions, the newest first, however many others have", async () => {
    const { start, handler, state } = aService();
    for (const name of ["a", "b", "c"]) {
      state.now += 1000;
      await start({ name });
      await start({ name: `other-${name}`, request: { ...plainRequest, pipeline: "other" } });
    }

    const first = await call(handler, pipelineContract, "listExecutions", { pipeline: "churn", limit: 2 });
    const second = await call(handler, pipelineContract, "listExecutions", { pipeline: "churn", limit: 2, pageToken: first.body.nextPageToken });

    expect([...first.body.executions, ...second.body.executions].map(({ name }) => name)).toEqual(["c", "b", "a"]);
    expect(second.body.nextPageToken).toBeUndefined();
  });

  it.each([
    [{ status: "running" }, ["e", "d", "c", "b", "a"]],
    [{ startedBy: "bob" }, ["d", "b"]],
    [{ registeredModel: "rain" }, ["e"]],
    [{ startedBy: "bob", registeredModel: "churn", since: 1_800_000_003_000 }, ["d"]],
    [{ since: 1_800_000_004_000 }, ["e", "d"]],
    [{ status: "failed" }, []],
  ])("finds those with %j among all", async (filter, expected) => {
    const { start, handler, state } = aService();
    for (const [index, name] of ["a", "b", "c", "d", "e"].entries()) {
      state.now = 1_800_000_001_000 + index * 1000;
      await start({ name, request: { ...plainRequest, registeredModel: name === "e" ? "rain" : "churn" } }, index % 2 === 1 ? "bob" : "ann");
    }

    const { body } = await call(handler, pipelineContract, "listExecutions", filter);

    expect(body.executions.map(({ name }: { readonly name: string }) => name)).toEqual(expected);
    expect(body.nextPageToken).toBeUndefined();
  });

  it("reads on for what is rare, page by page without repeating any, and through no more than ten pages at once", async () => {
    const { start, handler, ctx, state } = aService();
    for (let index = 0; index < 25; index++) {
      state.now += 1000;
      await start({ name: `e${index}` }, index % 12 === 0 ? "bob" : "ann");
    }
    let reads = 0;
    const list = ctx.executions.list.bind(ctx.executions);
    ctx.executions.list = (...asked) => {
      reads += 1;
      return list(...asked);
    };
    const pages: string[][] = [];
    let pageToken: string | undefined;
    do {
      const { body } = await call(handler, pipelineContract, "listExecutions", { startedBy: "bob", limit: 1, ...(pageToken !== undefined && { pageToken }) });
      pages.push(body.executions.map(({ name }: { readonly name: string }) => name));
      pageToken = body.nextPageToken;
    } while (pageToken !== undefined);

    expect(pages.flat()).toEqual(["e24", "e12", "e0"]);
    expect([pages.length, reads]).toEqual([5, 25]);
  });
});
