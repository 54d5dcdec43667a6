import {
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  paginateGetExecutionHistory,
  SendTaskSuccessCommand,
  type SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
} from "@aws-sdk/client-sfn";
import type { TokenAnswers } from "#core/pipelines/approvals.ts";
import { canonicalJson } from "#core/pipelines/canonical-json.ts";
import type { ExecutionEngine } from "#core/pipelines/executions.ts";
import { stepsOf } from "#core/pipelines/steps.ts";
import { stepEvents } from "./history-events.ts";

/** Executions of one Standard state machine, by name. */
export function executionEngine(client: SFNClient, machineArn: string): ExecutionEngine {
  const executionArn = (name: string) => `${machineArn.replace(":stateMachine:", ":execution:")}:${name}`;
  return {
    async start(name, input) {
      try {
        await client.send(new StartExecutionCommand({ stateMachineArn: machineArn, name, input: canonicalJson(input) }));
        return true;
      } catch (error) {
        if (error instanceof ExecutionAlreadyExists) return false;
        throw error;
      }
    },
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
