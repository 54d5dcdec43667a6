import * as z from "zod";
import { compactionRequested } from "../events/compaction.ts";

/** From the bus: a request for an experiment. By hand: its id. */
export const CompactRunsInput = z.union([
  z.object({ detail: compactionRequested.detail }).transform(({ detail }) => detail),
  z.object({ experimentId: z.string().describe("Pack the runs of this one now.") }),
]);
export const CompactRunsOutput = z.object({
  packed: z.int().describe("Runs written into blocks."),
  retired: z.int().describe("Runs that searches no longer read one by one."),
});
