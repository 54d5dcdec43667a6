import * as z from "zod";
import { ExecutionStatusDetail, executionStatusChange, unfinished } from "#contracts/events/state-machines.ts";
import { defineFunction } from "#contracts/function-spec.ts";
import { nothing } from "#contracts/platform/pipeline-tasks.ts";

export const closeExecution = defineFunction({
  name: "close-execution",
  summary: "Finishes executions whose state machine was aborted, ran out of time or failed where it could not finish them itself.",
  task: { input: z.object({ detail: ExecutionStatusDetail }), output: nothing },
  tables: { platform: "readWrite", tracking: "readWrite" },
  machines: ["training"],
  events: true,
  on: [{ ...executionStatusChange, detail: { status: unfinished } }],
});
