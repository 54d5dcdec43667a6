import * as z from "zod";
import type { Json } from "#statemachines/definition.ts";
import { AwsError } from "../aws/aws-error.ts";
import { operation } from "../aws/parse-input.ts";
import type { Operations } from "../aws/server.ts";
import type { StatesEngine } from "./engine.ts";
import type { Execution, ExecutionSummary } from "./executions.ts";
import { failureFields, wireEvent } from "./history.ts";
import type { LoadedMachine } from "./load-machine.ts";
import { executionArn, executionKeyOf, machineArn, machineOf } from "./names.ts";
import { roleOf } from "./run.ts";

const seconds = (milliseconds: number) => milliseconds / 1000;
const maxResults = z
  .int()
  .min(0)
  .max(1000)
  .default(0)
  .transform((value) => (value === 0 ? 100 : value));
const text = z.string().max(262_144);

function keyOf(arn: string): string {
  const key = executionKeyOf(arn);
  if (key === undefined) throw new AwsError("InvalidArn", `Invalid Arn: '${arn}'`);
  return key;
}
function machineNamed(arn: string): string {
  const machine = machineOf(arn);
  if (machine === undefined) throw new AwsError("InvalidArn", `Invalid Arn: '${arn}'`);
  return machine;
}
function parsed(source: string, type: "InvalidExecutionInput" | "InvalidOutput"): Json {
  try {
    return JSON.parse(source) as Json;
  } catch {
    throw new AwsError(type, `${type}: the text must be JSON`);
  }
}

const summary = ({ machine, name, status, startedAt, stoppedAt, redriveCount }: ExecutionSummary) => ({
  executionArn: executionArn(machine, name),
  stateMachineArn: machineArn(machine),
  name,
  status,
  startDate: seconds(startedAt),
  ...(stoppedAt !== undefined && { stopDate: seconds(stoppedAt) }),
  redriveCount,
});
const whole = { included: true };
const described = (execution: Execution) => ({
  ...summary(execution),
  input: JSON.stringify(execution.input),
  inputDetails: whole,
  ...(execution.output !== undefined && { output: JSON.stringify(execution.output), outputDetails: whole }),
  ...(execution.failure && failureFields(execution.failure)),
  ...(execution.redrivenAt !== undefined && { redriveDate: seconds(execution.redrivenAt) }),
  redriveStatus: execution.status === "RUNNING" || execution.status === "SUCCEEDED" ? "NOT_REDRIVABLE" : "REDRIVABLE",
});
const listed = ({ name, arn }: LoadedMachine) => ({ stateMachineArn: arn, name, type: "STANDARD", creationDate: 0 });

const cursor = (token: string | undefined): unknown => {
  if (token === undefined) return undefined;
  try {
    return JSON.parse(Buffer.from(token, "base64url").toString("utf8"));
  } catch {
    throw new AwsError("InvalidToken", "Invalid Token: nextToken is not one that this operation gave out");
  }
};
const tokenOf = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** Step Functions' operations, as far as the platform and its users' tools ask for them. Times are epoch seconds on this wire. */
export function sfnOperations(engine: StatesEngine): Operations {
  const failure = { error: z.string().max(256).default(""), cause: z.string().max(32_768).default("") };
  const token = z.string().max(2048);
  return {
    "AWSStepFunctions.StartExecution": operation(
      z.object({ stateMachineArn: z.string(), name: z.string().optional(), input: text.default("{}") }),
      async (request) => {
        const machine = machineNamed(request.stateMachineArn);
        const { name, startedAt } = await engine.start({ machine, name: request.name, input: parsed(request.input, "InvalidExecutionInput") });
        return { executionArn: executionArn(machine, name), startDate: seconds(startedAt) };
      },
    ),
    "AWSStepFunctions.DescribeExecution": operation(z.object({ executionArn: z.string() }), async (request) =>
      described(await engine.find(keyOf(request.executionArn))),
    ),
    "AWSStepFunctions.ListExecutions": operation(
      z.object({
        stateMachineArn: z.string(),
        statusFilter: z.enum(["RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"]).optional(),
        maxResults,
        nextToken: z.string().optional(),
      }),
      async (request) => {
        const before = cursor(request.nextToken) as ExecutionSummary | undefined;
        const found = await engine.list(machineNamed(request.stateMachineArn), { limit: request.maxResults + 1, status: request.statusFilter, before });
        const page = found.slice(0, request.maxResults);
        return { executions: page.map(summary), ...(found.length > page.length && { nextToken: tokenOf(page.at(-1)) }) };
      },
    ),
    "AWSStepFunctions.GetExecutionHistory": operation(
      z.object({
        executionArn: z.string(),
        maxResults,
        reverseOrder: z.boolean().default(false),
        nextToken: z.string().optional(),
        includeExecutionData: z.boolean().default(true),
      }),
      async (request) => {
        const key = keyOf(request.executionArn);
        const from = cursor(request.nextToken);
        const first = typeof from === "number" ? from : undefined;
        const all = request.reverseOrder
          ? (await engine.events(key, 1)).toReversed().filter(({ id }) => first === undefined || id <= first)
          : await engine.events(key, first ?? 1, request.maxResults + 1);
        const next = all[request.maxResults];
        return {
          events: all.slice(0, request.maxResults).map((event) => wireEvent(event, request.includeExecutionData)),
          ...(next && { nextToken: tokenOf(next.id) }),
        };
      },
    ),
    "AWSStepFunctions.StopExecution": operation(z.object({ executionArn: z.string(), ...failure }), async ({ executionArn: arn, error, cause }) => {
      const { stoppedAt } = await engine.abort(keyOf(arn), { error, cause });
      return { stopDate: seconds(stoppedAt ?? 0) };
    }),
    "AWSStepFunctions.RedriveExecution": operation(z.object({ executionArn: z.string() }), async (request) => ({
      redriveDate: seconds((await engine.redrive(keyOf(request.executionArn))).redrivenAt ?? 0),
    })),
    "AWSStepFunctions.SendTaskSuccess": operation(z.object({ taskToken: token, output: text }), async (request) => {
      await engine.succeed(request.taskToken, parsed(request.output, "InvalidOutput"));
      return {};
    }),
    "AWSStepFunctions.SendTaskFailure": operation(z.object({ taskToken: token, ...failure }), async ({ taskToken, error, cause }) => {
      await engine.fail(taskToken, { error, cause });
      return {};
    }),
    "AWSStepFunctions.SendTaskHeartbeat": operation(z.object({ taskToken: token }), async ({ taskToken }) => {
      await engine.heartbeat(taskToken);
      return {};
    }),
    "AWSStepFunctions.ListStateMachines": operation(z.object({}), async () => ({ stateMachines: engine.machines.map(listed) })),
    "AWSStepFunctions.DescribeStateMachine": operation(z.object({ stateMachineArn: z.string() }), async (request) => {
      const machine = engine.machines.find(({ arn }) => arn === request.stateMachineArn);
      if (!machine) throw new AwsError("StateMachineDoesNotExist", `State Machine Does Not Exist: '${request.stateMachineArn}'`);
      return { ...listed(machine), status: "ACTIVE", definition: machine.text, roleArn: roleOf(machine.name) };
    }),
    "AWSStepFunctions.DescribeStateMachineForExecution": operation(z.object({ executionArn: z.string() }), async (request) => {
      const { machine: name } = await engine.find(keyOf(request.executionArn));
      const machine = engine.machines.find((one) => one.name === name);
      if (!machine) throw new AwsError("ExecutionDoesNotExist", `Execution Does Not Exist: '${request.executionArn}'`);
      return { stateMachineArn: machine.arn, name, definition: machine.text, roleArn: roleOf(name), updateDate: 0 };
    }),
  };
}
