import type { HistoryEvent } from "@aws-sdk/client-sfn";
import { describe, expect, it } from "vitest";
import { stepsOf } from "#core/pipelines/steps.ts";
import { stepEvents } from "#gateways/stepfunctions/history-events.ts";

type Line = readonly [type: string, previous: number, details?: object];

/** A history as Step Functions answers it; events are numbered from 1, a second apart. */
const steps = (...lines: readonly Line[]) =>
  stepsOf(
    stepEvents(
      lines.map(
        ([type, previousEventId, details], index): HistoryEvent => ({
          ...(details as Partial<HistoryEvent>),
          type: type as never,
          id: index + 1,
          previousEventId,
          timestamp: new Date(index * 1000),
        }),
      ),
    ),
  ).map(({ step }) => step);

const entered = (name: string) => ({ stateEnteredEventDetails: { name } });
const exited = (name: string) => ({ stateExitedEventDetails: { name } });
const failedWith = (error: string) => ({ taskFailedEventDetails: { error } });
const answered = (payload: object) => ({ taskSucceededEventDetails: { output: JSON.stringify({ Payload: payload }) } });

describe("the steps of an execution", () => {
  it("are its tasks, with how often they were tried and whether the result was an earlier one's", () => {
    const found = steps(
      ["ExecutionStarted", 0],
      ["PassStateEntered", 1, entered("Begin")],
      ["PassStateExited", 2, exited("Begin")],
      ["TaskStateEntered", 3, entered("Train")],
      ["TaskScheduled", 4],
      ["TaskStarted", 5],
      ["TaskFailed", 6, failedWith("DependencyError")],
      ["TaskScheduled", 7],
      ["TaskStarted", 8],
      ["TaskSucceeded", 9, answered({ cached: true })],
      ["TaskStateExited", 10, exited("Train")],
      ["TaskStateEntered", 11, entered("Evaluate")],
      ["TaskScheduled", 12],
    );

    expect(found).toEqual([
      { name: "Train", status: "succeeded", startedAt: 3000, endedAt: 10_000, attempts: 2, cached: true },
      { name: "Evaluate", status: "running", startedAt: 11_000, attempts: 1 },
    ]);
  });

  it("have failed where the error was caught, too", () => {
    const found = steps(
      ["TaskStateEntered", 0, entered("Validate")],
      ["TaskScheduled", 1],
      ["TaskFailed", 2, failedWith("DataContractViolation")],
      ["TaskStateExited", 3, exited("Validate")],
      ["TaskStateEntered", 4, entered("Finish")],
      ["TaskScheduled", 5],
      ["TaskSucceeded", 6, answered({})],
      ["TaskStateExited", 7, exited("Finish")],
      ["ExecutionSucceeded", 8],
    );

    expect(found).toMatchObject([
      { name: "Validate", status: "failed", error: "DataContractViolation" },
      { name: "Finish", status: "succeeded" },
    ]);
  });

  it("of parallel branches are told apart, however their events are mixed", () => {
    const found = steps(
      ["ParallelStateEntered", 0, entered("Join")],
      ["ParallelStateStarted", 1],
      ["TaskStateEntered", 2, entered("A")],
      ["TaskStateEntered", 2, entered("B")],
      ["TaskScheduled", 3],
      ["TaskScheduled", 4],
      ["TaskFailed", 5, failedWith("DependencyError")],
      ["TaskSucceeded", 6, answered({ cached: true })],
      ["TaskScheduled", 7],
      ["TaskStateExited", 8, exited("B")],
      ["TaskSucceeded", 9, answered({ cached: false })],
      ["TaskStateExited", 11, exited("A")],
      ["ParallelStateSucceeded", 12],
      ["ParallelStateExited", 13, exited("Join")],
    );

    expect(found).toMatchObject([
      { name: "Join", status: "succeeded", attempts: 0 },
      { name: "A", status: "succeeded", attempts: 2 },
      { name: "B", status: "succeeded", attempts: 1, cached: true },
    ]);
    expect(found[1]).not.toHaveProperty("cached");
  });

  it("of a branch that failed end with its siblings and the step around them", () => {
    const found = steps(
      ["ParallelStateEntered", 0, entered("Join")],
      ["ParallelStateStarted", 1],
      ["TaskStateEntered", 2, entered("A")],
      ["TaskStateEntered", 2, entered("B")],
      ["TaskScheduled", 3],
      ["TaskScheduled", 4],
      ["TaskFailed", 5, failedWith("DomainError")],
      ["ParallelStateFailed", 7],
      ["ParallelStateExited", 8, exited("Join")],
      ["TaskStateEntered", 9, entered("Finish")],
    );

    expect(found).toMatchObject([
      { name: "Join", status: "failed", error: "DomainError", endedAt: 8000 },
      { name: "A", status: "failed", error: "DomainError", endedAt: 7000 },
      { name: "B", status: "failed", endedAt: 7000 },
      { name: "Finish", status: "running" },
    ]);
  });

  it("that poll are one step, which waits in between", () => {
    const poll = (from: number): Line[] => [
      ["TaskStateEntered", from, entered("Admit")],
      ["TaskScheduled", from + 1],
      ["TaskSucceeded", from + 2, answered({ admitted: false })],
      ["TaskStateExited", from + 3, exited("Admit")],
      ["WaitStateEntered", from + 4, entered("AwaitSlot")],
    ];
    const waitOver: Line = ["WaitStateExited", 5, exited("AwaitSlot")];

    expect(steps(...poll(0))).toEqual([{ name: "Admit", status: "waiting", startedAt: 0, attempts: 1, waited: { from: 4000 } }]);
    expect(steps(...poll(0), waitOver, ...poll(6).slice(0, 4))).toEqual([
      { name: "Admit", status: "succeeded", startedAt: 0, endedAt: 9000, attempts: 2, waited: { from: 4000, to: 6000 } },
    ]);
  });

  it("that wait for somebody's word say so, those that wait for another machine go on", () => {
    const submitted = (resource: string) => ({ taskSubmittedEventDetails: { resource, resourceType: "x" } });
    const found = (resource: string) => steps(["TaskStateEntered", 0, entered("It")], ["TaskScheduled", 1], ["TaskSubmitted", 2, submitted(resource)]);

    expect([found("invoke.waitForTaskToken")[0]?.status, found("startExecution.sync:2")[0]?.status]).toEqual(["waiting", "running"]);
  });

  it("with which an execution failed go on when it is retried, and waited for that; what is entered again is a step of its own", () => {
    const found = steps(
      ["TaskStateEntered", 0, entered("Train")],
      ["TaskScheduled", 1],
      ["TaskFailed", 2, failedWith("DomainError")],
      ["TaskStateExited", 3, exited("Train")],
      ["TaskStateEntered", 4, entered("Reopen")],
      ["TaskScheduled", 5],
      ["TaskFailed", 6, failedWith("DomainError")],
      ["ExecutionFailed", 7],
      ["ExecutionRedriven", 8],
      ["TaskScheduled", 9],
      ["TaskSucceeded", 10, answered({ admitted: true })],
      ["TaskStateExited", 11, exited("Reopen")],
      ["TaskStateEntered", 12, entered("Train")],
    );

    expect(found).toEqual([
      { name: "Train", status: "failed", startedAt: 0, endedAt: 3000, attempts: 1, error: "DomainError" },
      { name: "Reopen", status: "succeeded", startedAt: 4000, endedAt: 11_000, attempts: 2, waited: { from: 7000, to: 9000 } },
      { name: "Train", status: "running", startedAt: 12_000, attempts: 0 },
    ]);
  });

  it("that were under way when the execution was aborted have failed", () => {
    const found = steps(
      ["TaskStateEntered", 0, entered("Train")],
      ["TaskScheduled", 1],
      ["ExecutionAborted", 2, { executionAbortedEventDetails: { error: "Stopped", cause: "stopped by ann" } }],
    );

    expect(found).toEqual([{ name: "Train", status: "failed", startedAt: 0, endedAt: 2000, attempts: 1, error: "Stopped" }]);
  });
});
