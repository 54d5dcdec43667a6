import * as z from "zod";
import { compactionRequested } from "../events/compaction.ts";
import { removalRequested } from "../events/removals.ts";

/** Where packed runs lie in the artifacts bucket, beneath the id of their experiment: the blocks, and the lists of blocks that manifests name. */
export const packedFolders = { blocks: "blocks/", lists: "manifests/" } as const;

/** From the bus: a request for an experiment. By hand: its id. */
export const CompactRunsInput = z.union([
  z.object({ detail: compactionRequested.detail }).transform(({ detail }) => detail),
  z.object({ experimentId: z.string().describe("Pack the runs of this one now.") }),
]);
export const CompactRunsOutput = z.object({
  packed: z.int().describe("Runs written into blocks."),
  retired: z.int().describe("Runs that searches no longer read one by one."),
});

/** From the bus: one experiment. From the schedule: every one of which something is left. */
export const RemoveExperimentsInput = z.object({ detail: removalRequested.detail.optional() });
export const RemoveExperimentsOutput = z.object({
  removed: z.array(z.string()).describe("Ids of experiments of which nothing is left."),
  waiting: z.array(z.string()).describe("Ids of those that are being packed right now: their turn is the next time."),
});
