import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DescribeExecutionCommand, StartExecutionCommand, StopExecutionCommand } from "@aws-sdk/client-sfn";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { localTable } from "#infra/local/local-table.ts";
import { trainingOperations } from "#infra/local/sagemaker/training-operations.ts";
import { sageMakerCalls } from "#infra/local/states/sagemaker-tasks.ts";
import { jobRows } from "#infra/local/training/job-rows.ts";
import { scriptEnvironments } from "#infra/local/training/script-environment.ts";
import { type LocalTrainingJobs, localTrainingJobs } from "#infra/local/training/training-jobs.ts";
import { defineMachine } from "#statemachines/machine.ts";
import { startLocalStates } from "#test/support/local-states.ts";
import { type LocalTables, startLocalTables } from "#test/support/local-tables.ts";
import { memoryObjects } from "#test/support/memory-objects.ts";
import { aTrainingJob } from "#test/support/training-job-request.ts";

const machine = defineMachine({
  name: "train",
  summary: "Trains with a user's own command.",
  definition: new URL("./train.asl.json", import.meta.url),
  input: z.unknown(),
  tasks: {},
});
const stateMachineArn = "arn:aws:states:us-east-1:000000000000:stateMachine:train";

let folder: string;
let tables: LocalTables;
let jobs: LocalTrainingJobs;
let local: Awaited<ReturnType<typeof startLocalStates>>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "capstan-jobs-"));
  tables = await startLocalTables();
  const environment = () => ({ PATH: process.env["PATH"] });
  const work = {
    objects: memoryObjects(),
    environments: scriptEnvironments(join(folder, ".environments"), "python3"),
    environment,
    killAfterSeconds: 1,
    now: Date.now,
  };
  jobs = localTrainingJobs(folder, work, jobRows(localTable(tables.client, tables.table("local"))));
  local = await startLocalStates(tables, [machine], {}, [], sageMakerCalls(trainingOperations(jobs)));
});
afterAll(async () => {
  await jobs.close();
  await local.stop();
  await tables.stop();
  await rm(folder, { recursive: true });
});

async function start(name: string, command: string): Promise<string> {
  const ContainerEntrypoint = ["sh", "-c", command];
  const job = aTrainingJob({ TrainingJobName: name, AlgorithmSpecification: { TrainingImage: "any", TrainingInputMode: "File", ContainerEntrypoint } });
  const { executionArn = "" } = await local.sfn.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(job) }));
  return executionArn;
}
async function endOf(executionArn: string) {
  const read = () => local.sfn.send(new DescribeExecutionCommand({ executionArn }));
  await expect.poll(async () => (await read()).status, { timeout: 20_000 }).not.toBe("RUNNING");
  return read();
}

describe("sagemaker:createTrainingJob.sync", () => {
  it("waits for the job and goes on with where its model is", async () => {
    const execution = await endOf(await start("trained", 'echo 1 > "$SM_MODEL_DIR/model"'));

    expect(execution.status).toBe("SUCCEEDED");
    expect(JSON.parse(execution.output ?? "")).toEqual({ modelUri: "s3://artifacts/jobs/trained/output/model.tar.gz" });
  });

  it("fails with the job's description as its cause", async () => {
    const execution = await endOf(await start("refused", 'echo "no such column" > "$SM_OUTPUT_DIR/failure"; exit 2'));

    expect(execution).toMatchObject({ status: "FAILED", error: "TrainingFailed", cause: "AlgorithmError: no such column, exit code: 2" });
  });

  it("stops the job when its execution is stopped", async () => {
    const executionArn = await start("halted", "sleep 300");
    await expect.poll(async () => (await jobs.describe("halted").catch(() => undefined))?.secondaryStatus, { timeout: 20_000 }).toBe("Training");

    await local.sfn.send(new StopExecutionCommand({ executionArn }));

    expect(await jobs.ended("halted")).toMatchObject({ status: "Stopped" });
  });
});
