import { startExecution } from "#core/pipelines/start.ts";
import { createTask as admitTask } from "#functions/admit-execution/handler.ts";
import { createTask as finishTask } from "#functions/finish-execution/handler.ts";
import { createHandler } from "#functions/pipelines/handler.ts";
import { createTask as requestTask } from "#functions/request-approval/handler.ts";
import { createTask as settleTask } from "#functions/settle-approval/handler.ts";
import { statesEngine } from "#infra/local/states/engine.ts";
import { loadMachines } from "#infra/local/states/load-machine.ts";
import type { SageMaker } from "#infra/local/states/sagemaker-tasks.ts";
import { performer } from "#infra/local/states/start-states.ts";
import { rollout } from "#statemachines/rollout/machine.ts";
import { training } from "#statemachines/training/machine.ts";
import { memoryTable } from "./memory-table.ts";
import { aPipelinesContext, aRequest } from "./pipelines.ts";
import { virtualClock } from "./virtual-clock.ts";

type Answer = (payload: never) => unknown;
/** An error under the class name that state machines match. */
export const named = (name: string, message: string) => Object.assign(new Error(message), { name });

const dataVersion = {
  dataset: "customers",
  version: "v1",
  manifestUri: "s3://data/m",
  uri: "s3://data/d",
  rows: 9,
  trainUri: "s3://data/train",
  testUri: "s3://data/test",
};
export const evaluation = { digest: "d".repeat(64), testHash: "t", rows: 10, metrics: { accuracy: 0.9 }, predictionsUri: "s3://data/p" };

const settings = {
  TrainingRoleArn: "arn:aws:iam::000000000000:role/training",
  TrainingImage: "local",
  TrainingLogs: "/logs",
  ArtifactsBucket: "artifacts",
  NamePrefix: "capstan",
};

/** What each task answers where a test says nothing else: a candidate that is better, at a new endpoint. */
export const answers: Readonly<Record<string, Answer>> = {
  "ingest-dataset": () => ({ dataset: "customers", uri: "s3://data/d", sha256: "a".repeat(64), bytes: 1, rows: 9, columns: [] }),
  "validate-dataset": () => ({ ok: true, reportUri: "s3://data/r", rows: 9, warnings: 0 }),
  "version-dataset": () => dataVersion,
  "join-features": ({ entityRowsUri }: { entityRowsUri: string }) => ({ uri: `${entityRowsUri}-joined`, rows: 9, columns: [], sha256: "s" }),
  "train-model": () => ({ modelUri: "s3://artifacts/m-1", digest: "d".repeat(64), signature: {}, metrics: {}, algorithm: "linear", rows: 9 }),
  "prepare-training-job": () => ({
    cached: false,
    candidate: null,
    work: { codeSha256: "c" },
    job: { name: "one-1234", image: "local", hyperParameters: { sagemaker_program: '"train.py"' }, environment: {}, metricDefinitions: [] },
  }),
  "adopt-model": () => ({ modelUri: "s3://artifacts/m-1", digest: "d".repeat(64), signature: {}, metrics: {}, algorithm: "script", rows: 9 }),
  "evaluate-model": () => evaluation,
  "find-champion": () => ({ champion: null }),
  "compare-models": () => ({ better: true, reason: "accuracy is 0.9", difference: 0.1, likelihood: 1 }),
  "record-training": () => ({}),
  "register-model-version": () => ({ name: "churn", version: 7 }),
  "start-rollout": ({ rolloutId }: { rolloutId: string }) => ({ endpointName: "churn", rolloutId, watch: false, status: "promoted" }),
  "step-rollout": () => ({ status: "running", step: 0, waitSeconds: 1 }),
  "watch-rollout": () => ({ decision: "promote", reason: "all guardrails held", status: "running", step: 0, waitSeconds: 1 }),
  "promote-rollout": ({ rolloutId }: { rolloutId: string }) => ({ endpointName: "churn", rolloutId, status: "promoted", reason: "all guardrails held" }),
  "roll-back-rollout": ({ rolloutId }: { rolloutId: string }) => ({
    endpointName: "churn",
    rolloutId,
    status: "rolledBack",
    reason: "its state machine was lost",
  }),
};

/** The real machines over the pipelines' real tasks in virtual time; what takes data, models and endpoints is a fake. */
export async function aMachine(others: Readonly<Record<string, Answer>> = {}, sageMaker: SageMaker = async () => ({})) {
  const clock = virtualClock();
  const fakes = aPipelinesContext();
  const calls: { readonly name: string; readonly payload: Record<string, unknown>; readonly at: number }[] = [];
  const ctx = {
    ...fakes.ctx,
    now: clock.now,
    engine: {
      ...fakes.ctx.engine,
      start: async (name: string, input: unknown) => {
        await engine.start({ machine: "training", name, input: input as never });
        return true;
      },
      redrive: async (name: string) => {
        if ((await engine.find(`training:${name}`)).status !== "RUNNING") await engine.redrive(`training:${name}`);
        return true;
      },
    },
    tokens: { succeed: async (token: string, answer: unknown) => await engine.succeed(token, answer as never).catch(() => undefined) },
  };
  const tasks: Readonly<Record<string, Answer>> = {
    ...answers,
    "admit-execution": admitTask(ctx),
    "request-approval": requestTask(ctx),
    "settle-approval": settleTask(ctx),
    "finish-execution": finishTask(ctx),
    ...others,
  };
  const engine = statesEngine({
    table: memoryTable(),
    machines: await loadMachines([training, rollout], Object.keys(tasks), settings),
    perform: performer({
      invoke: async (name, payload) => {
        calls.push({ name, payload: payload as Record<string, unknown>, at: clock.now() });
        return await tasks[name]?.(payload as never);
      },
      putEvents: async () => [],
      sageMaker,
      now: clock.now,
      at: clock.at,
    }),
    now: clock.now,
    at: clock.at,
    random: () => 0.5,
  });
  return {
    ...fakes,
    ctx,
    clock,
    engine,
    calls,
    api: createHandler(ctx),
    called: (name: string) => calls.filter((one) => one.name === name),
    start: (request = aRequest(), name = "one") => startExecution(ctx, request, "ann", name),
    /** Runs everything to its end. @returns the execution's document and its machine's last state */
    async end(name = "one") {
      await clock.run();
      return { document: (await ctx.executions.find(name))?.document, machine: await engine.find(`training:${name}`) };
    },
  };
}
