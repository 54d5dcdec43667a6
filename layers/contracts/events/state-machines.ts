import * as z from "zod";

/** What Step Functions puts on the account's default bus whenever an execution begins or ends (Step Functions developer guide, "Automating event delivery"). */
export const executionStatusChange = { source: "aws.states", detailType: "Step Functions Execution Status Change" } as const;

/** Statuses in which a machine may have ended without coming to its own last state. */
export const unfinished = ["FAILED", "TIMED_OUT", "ABORTED"] as const;

export const ExecutionStatusDetail = z.object({
  stateMachineArn: z.string(),
  name: z.string(),
  status: z.string(),
  stopDate: z.number().nullish().describe("Milliseconds since the epoch."),
  input: z.string().nullish().describe("JSON text; missing where it is longer than events may be."),
  error: z.string().nullish(),
  cause: z.string().nullish(),
});
