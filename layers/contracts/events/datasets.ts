import * as z from "zod";
import { defineEvent } from "./platform-event.ts";

/** Put when a dataset gets a version it did not have. */
export const datasetVersioned = defineEvent({
  detailType: "dataset.versioned",
  summary: "A dataset has a new version.",
  detail: z.object({ dataset: z.string(), version: z.string(), manifestUri: z.string(), rows: z.int() }),
});
