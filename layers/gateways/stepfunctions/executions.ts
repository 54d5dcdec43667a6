import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  type HistoryEvent,
  RedriveExecutionCommand,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  type SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from "@aws-sdk/client-sfn";
import { alreadyExists, conflict, DomainError, doesNotExist, invalid } from "#core/errors.ts";

export type ExecutionStatus = "RUNNING" | "SUCCEEDED" | "FAILED" | "TIMED_OUT" | "ABORTED" | "PENDING_REDRIVE";

/** An execution as Step Functions knows it; times are epoch milliseconds. */
export interface ExecutionState {
  readonly executionArn: string;
  readonly name: string;
  readonly status: ExecutionStatus;
  readonly startedAt: number;
  readonly stoppedAt?: number;
  readonly input: unknown;
  readonly output?: unknown;
  readonly error?: string;
  readonly cause?: string;
}

/** Executions of state machines. Unknown ones, names that are taken and tokens that nobody waits for are refused as {@link DomainError}. */
export interface Executions {
  /** Idempotent by name while the execution runs with the same input. @returns the execution's ARN */
  start(request: { readonly machineArn: string; readonly name: string; readonly input: unknown }): Promise<string>;
  describe(executionArn: string): Promise<ExecutionState>;
  /** Events in order, the first 1,000 after `after`. @param after an event's id; 0 for the beginning */
  history(executionArn: string, after?: number): Promise<readonly HistoryEvent[]>;
  stop(executionArn: string, reason: { readonly error: string; readonly cause: string }): Promise<void>;
  /** Runs what did not succeed again. */
  redrive(executionArn: string): Promise<void>;
  succeedTask(token: string, output: unknown): Promise<void>;
  failTask(token: string, reason: { readonly error: string; readonly cause: string }): Promise<void>;
  /** Tells that the task is still being worked on. */
  heartbeatTask(token: string): Promise<void>;
}

const refusals: Readonly<Record<string, (message: string) => DomainError>> = {
  ExecutionDoesNotExist: doesNotExist,
  StateMachineDoesNotExist: doesNotExist,
  ExecutionAlreadyExists: alreadyExists,
  ExecutionNotRedrivable: conflict,
  TaskDoesNotExist: conflict,
  TaskTimedOut: conflict,
  InvalidArn: invalid,
  InvalidName: invalid,
  InvalidToken: invalid,
  InvalidExecutionInput: invalid,
  InvalidOutput: invalid,
};

/** What Step Functions refuses, in our words; anything else as it came. */
async function asking<T>(what: string, ask: Promise<T>): Promise<T> {
  try {
    return await ask;
  } catch (error) {
    const refuse = error instanceof Error ? refusals[error.name] : undefined;
    if (!refuse || !(error instanceof Error)) throw error;
    throw new DomainError(refuse("").code, `${what}: ${error.message}`, { cause: error });
  }
}
const parsed = (text: string | undefined): unknown => (text === undefined ? undefined : JSON.parse(text));
const pageSize = 1000;

/** Executions behind the Step Functions API. */
export const executions = (client: SFNClient): Executions => ({
  async start({ machineArn, name, input }) {
    const started = client.send(new StartExecutionCommand({ stateMachineArn: machineArn, name, input: JSON.stringify(input) }));
    return (await asking(`execution ${name}`, started)).executionArn ?? "";
  },
  async describe(executionArn) {
    const found = await asking(`execution ${executionArn}`, client.send(new DescribeExecutionCommand({ executionArn })));
    const { name = "", status = "RUNNING", startDate, stopDate, input, output, error, cause } = found;
    return {
      executionArn,
      name,
      status,
      startedAt: startDate?.getTime() ?? 0,
      input: parsed(input),
      ...(stopDate && { stoppedAt: stopDate.getTime() }),
      ...(output !== undefined && { output: parsed(output) }),
      ...(error !== undefined && { error }),
      ...(cause !== undefined && { cause }),
    };
  },
  async history(executionArn, after = 0) {
    const events: HistoryEvent[] = [];
    let nextToken: string | undefined;
    do {
      const page = await asking(
        `execution ${executionArn}`,
        client.send(new GetExecutionHistoryCommand({ executionArn, maxResults: pageSize, ...(nextToken !== undefined && { nextToken }) })),
      );
      events.push(...(page.events ?? []).filter(({ id = 0 }) => id > after));
      nextToken = page.nextToken;
    } while (nextToken !== undefined && events.length < pageSize);
    return events.slice(0, pageSize);
  },
  async stop(executionArn, { error, cause }) {
    await asking(`execution ${executionArn}`, client.send(new StopExecutionCommand({ executionArn, error, cause })));
  },
  async redrive(executionArn) {
    await asking(`execution ${executionArn}`, client.send(new RedriveExecutionCommand({ executionArn })));
  },
  async succeedTask(taskToken, output) {
    await asking("task token", client.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(output) })));
  },
  async failTask(taskToken, { error, cause }) {
    await asking("task token", client.send(new SendTaskFailureCommand({ taskToken, error, cause })));
  },
  async heartbeatTask(taskToken) {
    await asking("task token", client.send(new SendTaskHeartbeatCommand({ taskToken })));
  },
});
