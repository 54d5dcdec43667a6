import * as z from "zod";
import { Execution } from "../platform/pipelines.ts";
import { defineEvent } from "./platform-event.ts";

/** Put when an execution of a training pipeline has ended, however it ended; at least once. */
export const executionEnded = defineEvent({
  detailType: "execution.ended",
  summary: "An execution of a training pipeline has ended.",
  detail: z.object({ execution: Execution }),
});
