import * as z from "zod";
import { defineContract } from "../route.ts";

export const Removal = z
  .object({
    experimentId: z.string(),
    name: z.string().describe("Its name, which is free again."),
    requestedAt: z.int().describe("Milliseconds since the epoch."),
    by: z.string().describe("Who asked for it; `anonymous` where authentication is off."),
  })
  .meta({ id: "Removal", description: "An experiment that was deleted for good, and of which something is still being removed." });

/** Deleting for good what MLflow's clients only mark as deleted. */
export const trashContract = defineContract({
  name: "trash",
  surface: "platform",
  summary: "Deleting experiments for good.",
  routes: {
    removeExperiment: {
      method: "DELETE",
      path: "/capstan/v1/trash/experiments/{experimentId}",
      summary:
        "Delete a deleted experiment for good: its name is free at once, within a second nobody finds its runs, and what they left behind goes in the background. Safe to repeat.",
      request: z.object({ experimentId: z.string().regex(/^\d{1,10}$/, "must be a number") }),
      response: z.object({}),
      errors: ["RESOURCE_DOES_NOT_EXIST", "RESOURCE_CONFLICT", "INVALID_PARAMETER_VALUE"],
    },
    listRemovals: {
      method: "GET",
      path: "/capstan/v1/trash/removals",
      summary: "List the experiments of which something is still being removed.",
      request: z.object({}),
      response: z.object({ removals: z.array(Removal) }),
      errors: [],
    },
  },
});
