import {
  DescribeExecutionCommand,
  DescribeStateMachineForExecutionCommand,
  ExecutionDoesNotExist,
  ExecutionNotRedrivable,
  paginateGetExecutionHistory,
  RedriveExecutionCommand,
  SendTaskSuccessCommand,
  type SFNClient,
  StopExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
} from "@aws-sdk/client-sfn";
import type { TokenAnswers } from "#core/pipelines/approvals.ts";
import type { ExecutionEngine } from "#core/pipelines/executions.ts";
import { stepsOf } from "#core/pipelines/steps.ts";
import { stepEvents } from "./history-events.ts";
import { startExecution } from "./start-execution.ts";

/** Executions of one Standard state machine, by name. */
export function executionEngine(client: SFNClient, machineArn: string): ExecutionEngine {
  const executionArn = (name: string) => `${machineArn.replace(":stateMachine:", ":execution:")}:${name}`;
  return {
    start: (name, input) => startExecution(client, machineArn, name, input),
    async steps(name) {
      const events = [];
      try {
        for await (const page of paginateGetExecutionHistory({ client }, { executionArn: executionArn(name), includeExecutionData: true, maxResults: 1000 }))
          events.push(...(page.events ?? []));
      } catch (error) {
        // Step Functions forgets an execution 90 days after its end; its document stays.
        if (!(error instanceof ExecutionDoesNotExist)) throw error;
      }
      return stepsOf(stepEvents(events));
    },
    async definition(name) {
      try {
        return (await client.send(new DescribeStateMachineForExecutionCommand({ executionArn: executionArn(name) }))).definition;
      } catch (error) {
        if (!(error instanceof ExecutionDoesNotExist)) throw error;
        return undefined;
      }
    },
    async redrive(name) {
      try {
        await client.send(new RedriveExecutionCommand({ executionArn: executionArn(name) }));
        return true;
      } catch (error) {
        if (error instanceof ExecutionDoesNotExist) return false;
        if (!(error instanceof ExecutionNotRedrivable)) throw error;
        return (await client.send(new DescribeExecutionCommand({ executionArn: executionArn(name) }))).status === "RUNNING";
      }
    },
    async stop(name, reason) {
      try {
        await client.send(new StopExecutionCommand({ executionArn: executionArn(name), error: "Stopped", cause: reason.slice(0, 32_768) }));
      } catch (error) {
        if (!(error instanceof ExecutionDoesNotExist)) throw error;
      }
    },
  };
}

/** Answers to waiting tasks. A token whose task is over is no error: the execution ended before the answer came. */
export const tokenAnswers = (client: SFNClient): TokenAnswers => ({
  async succeed(taskToken, output) {
    try {
      await client.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(output) }));
    } catch (error) {
      if (!(error instanceof TaskTimedOut || error instanceof TaskDoesNotExist)) throw error;
    }
  },
});
