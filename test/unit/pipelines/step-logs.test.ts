import { beforeEach, describe, expect, it } from "vitest";
import { pipelineContract } from "#contracts/platform/pipelines.ts";
import type { StepLogs } from "#contracts/platform/step-logs.ts";
import type { Worker } from "#core/pipelines/steps.ts";
import { createHandler } from "#functions/pipelines/handler.ts";
import { call } from "#test/support/call.ts";
import { aPipelinesContext, aRequest } from "#test/support/pipelines.ts";

const begun = 1_800_000_000_000;
let world: ReturnType<typeof aPipelinesContext>;
let handler: ReturnType<typeof createHandler>;

const aStep = (name: string, workers: readonly Worker[], endedAt?: number) => ({
  step: { name, status: "succeeded" as const, startedAt: begun, attempts: 1, ...(endedAt !== undefined && { endedAt }) },
  workers,
});
const read = async (position: number, rest: Readonly<Record<string, unknown>> = {}) => {
  const { status, body } = await call(handler, pipelineContract, "getExecutionStepLogs", { name: "first", position, ...rest });
  return { status, body: body as StepLogs };
};
const messages = ({ body }: Awaited<ReturnType<typeof read>>) => body.lines.map(({ message }) => message);

beforeEach(async () => {
  world = aPipelinesContext();
  handler = createHandler(world.ctx);
  await call(handler, pipelineContract, "startExecution", { name: "first", request: aRequest() });
  world.ctx.engine.steps = async () => [
    aStep("Train", [{ kind: "function", name: "train-model" }], begun + 5_000),
    aStep("RunScript", [
      { kind: "trainingJob", name: "job-0" },
      { kind: "trainingJob", name: "job-1" },
    ]),
    aStep("RollOut", []),
  ];
});

const line = (level: string, message: string, fields: object = {}) =>
  JSON.stringify({ level, time: "2027-01-15T08:00:00.000Z", message, executionId: "first", step: "Train", function: "train-model", ...fields });
const write = (at: number, text: string, by = "train-model", step = "Train") => world.ctx.logs.written.push({ at: begun + at, text, by, step });

describe("the lines of a step", () => {
  it("come with level, time and fields, without what only says whose they are", async () => {
    write(10, line("info", "training rows are read", { rows: 178, columns: 13 }));
    write(20, line("error", "train-model has failed", { error: { name: "DomainError", message: "no column price" } }));

    expect((await read(0)).body).toEqual({
      source: "function",
      lines: [
        { time: begun + 10, level: "info", message: "training rows are read", fields: { rows: 178, columns: 13 } },
        { time: begun + 20, level: "error", message: "train-model has failed", fields: { error: { name: "DomainError", message: "no column price" } } },
      ],
    });
  });

  it("are those of this step and its time, and no others", async () => {
    write(10, line("info", "mine"));
    write(20, line("info", "of another step"), "train-model", "Evaluate");
    write(30_000, line("info", "of the next time that it was entered"));

    expect(messages(await read(0))).toEqual(["mine"]);
  });

  it("are those of every job that a training step has tried, with the level that a script's words say", async () => {
    write(100, "epoch 1", "job-0");
    write(200, "Traceback (most recent call last):", "job-0");
    write(201, "ValueError: no such column", "job-0");
    write(300, "epoch 1 again", "job-1");
    write(400, "UserWarning: slow", "job-1");

    const { body } = await read(1);

    expect([body.source, body.lines.map(({ level, message }) => `${level} ${message}`)]).toEqual([
      "trainingJob",
      ["info epoch 1", "error Traceback (most recent call last):", "error ValueError: no such column", "info epoch 1 again", "warn UserWarning: slow"],
    ]);
  });

  it("come in pages from the newest backwards, also where many were written at once, and none comes twice", async () => {
    for (const [index, at] of [1, 2, 2, 2, 2, 3].entries()) write(at, `line ${index}`, "job-0");
    const seen: string[][] = [];
    for (let token: string | undefined, first = true; first || token !== undefined; first = false) {
      const page = await read(1, { limit: 2, ...(token !== undefined && { pageToken: token }) });
      seen.push(messages(page));
      token = page.body.nextPageToken;
    }

    expect(seen).toEqual([
      ["line 4", "line 5"],
      ["line 2", "line 3"],
      ["line 0", "line 1"],
    ]);
  });

  it("are none where a state runs no code", async () => {
    expect((await read(2)).body).toEqual({ lines: [], source: "none" });
  });

  it("are refused where there is no such step, and by a token of somebody's own", async () => {
    expect(await read(9)).toMatchObject({ status: 404, body: { message: "execution first has 3 steps, got position 9" } });
    expect(await read(0, { pageToken: "mine" })).toMatchObject({ status: 400, body: { message: "pageToken must come from a previous page, got mine" } });
  });
});
