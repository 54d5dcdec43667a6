import { describe, expect, it } from "vitest";
import { AwsError } from "#infra/local/aws/aws-error.ts";
import { aLaptop, execute, type States } from "#test/support/states.ts";
import { virtualClock } from "#test/support/virtual-clock.ts";

const task = (resource: string, args: object, fields: object = { End: true }) => ({
  Type: "Task",
  Resource: `arn:aws:states:::${resource}`,
  Arguments: args,
  ...fields,
});

describe("states:startExecution", () => {
  const arn = "arn:aws:states:us-east-1:000000000000:stateMachine:child";
  const starting = (resource: string, fields: object = { End: true }): States => ({
    A: task(`states:${resource}`, { StateMachineArn: arn, Input: { n: "{% $states.input.n %}" } }, fields),
  });
  const child = {
    C: { Type: "Wait", Seconds: 10, Next: "D" },
    D: { Type: "Choice", Choices: [{ Condition: "{% $states.input.n > 1 %}", Next: "E" }], Default: "F" },
    E: { Type: "Succeed" },
    F: { Type: "Fail", Error: "TooSmall" },
  };

  it(".sync:2 waits for the end and answers with input and output as JSON", async () => {
    const { execution } = await execute(starting("startExecution.sync:2"), { n: 2 }, { others: { child } });

    expect(execution.output).toMatchObject({ Status: "SUCCEEDED", Input: { n: 2 }, Output: { n: 2 }, StateMachineArn: arn });
  });

  it(".sync:2 fails as States.TaskFailed with the execution's description as the cause", async () => {
    const { execution } = await execute(starting("startExecution.sync:2"), { n: 1 }, { others: { child } });

    expect(execution.failure?.error).toBe("States.TaskFailed");
    expect(JSON.parse(execution.failure?.cause ?? "")).toMatchObject({ Status: "FAILED", Error: "TooSmall" });
  });

  it(".sync:2 aborts what it started when its own time is over", async () => {
    const states = starting("startExecution.sync:2", { TimeoutSeconds: 3, End: true });
    const { engine, execution } = await execute(states, { n: 2 }, { others: { child } });

    expect(execution.failure?.error).toBe("States.Timeout");
    expect((await engine.list("child", { limit: 10 })).map(({ status }) => status)).toEqual(["ABORTED"]);
  });

  it("alone does not wait", async () => {
    const { execution } = await execute(starting("startExecution"), { n: 1 }, { others: { child } });

    expect(execution.output).toMatchObject({ ExecutionArn: expect.stringContaining(":execution:child:") });
    expect(execution.stoppedAt).toBe(execution.startedAt);
  });

  it("fails under Step Functions' own error name where the machine does not exist", async () => {
    expect((await execute(starting("startExecution"))).execution.failure?.error).toBe("States.QueryEvaluationError");
    expect((await execute(starting("startExecution"), { n: 1 })).execution.failure?.error).toBe("StepFunctions.StateMachineDoesNotExistException");
  });
});

describe("sagemaker:createTrainingJob.sync", () => {
  const training: States = {
    A: task("sagemaker:createTrainingJob.sync", { TrainingJobName: "t-1" }, { Output: "{% $states.result.TrainingJobStatus %}", End: true }),
  };
  const answering = (statuses: string[]) => {
    const operations: string[] = [];
    const sageMaker = async (operation: string) => {
      operations.push(operation);
      return operation === "DescribeTrainingJob" ? { TrainingJobName: "t-1", TrainingJobStatus: statuses.length > 1 ? statuses.shift() : statuses[0] } : {};
    };
    return { operations, sageMaker };
  };

  it("waits until the job has completed and answers with its description", async () => {
    const { operations, sageMaker } = answering(["InProgress", "InProgress", "Completed"]);
    const { execution } = await execute(training, {}, { sageMaker });

    expect(execution.output).toBe("Completed");
    expect(operations).toEqual(["CreateTrainingJob", "DescribeTrainingJob", "DescribeTrainingJob", "DescribeTrainingJob"]);
  });

  it("fails as States.TaskFailed with the description as the cause", async () => {
    const { execution } = await execute(training, {}, { sageMaker: answering(["Failed"]).sageMaker });

    expect(execution.failure).toEqual({ error: "States.TaskFailed", cause: '{"TrainingJobName":"t-1","TrainingJobStatus":"Failed"}' });
  });

  it("fails under the API's own error names", async () => {
    const refusing = (type: string) => ({
      sageMaker: async () => {
        throw new AwsError(type, "no");
      },
    });

    expect((await execute(training, {}, refusing("ResourceLimitExceeded"))).execution.failure?.error).toBe("SageMaker.ResourceLimitExceededException");
    expect((await execute(training, {}, refusing("ValidationException"))).execution.failure?.error).toBe("SageMaker.AmazonSageMakerException");
  });

  it("stops the job when the execution is aborted", async () => {
    const { operations, sageMaker } = answering(["InProgress"]);
    const clock = virtualClock();
    const { engine } = aLaptop(training, { sageMaker, clock });
    const { key, startedAt } = await engine.start({ machine: "machine", input: {} });
    await clock.run(startedAt + 2_000);

    await engine.abort(key, { error: "Stopped", cause: "by hand" });

    expect(operations.at(-1)).toBe("StopTrainingJob");
    expect(await engine.find(key)).toMatchObject({ status: "ABORTED", failure: { error: "Stopped", cause: "by hand" } });
  });
});
