import * as z from "zod";
import { executionName } from "./training-request.ts";

/** What a state machine's task says of itself beside its input: whose log the lines of the function belong to. */
export const TaskCaller = z.object({ caller: z.object({ executionId: executionName, step: z.string().min(1).max(80) }) });
export type TaskCaller = z.output<typeof TaskCaller>["caller"];
