import * as z from "zod";
import { defineEvent } from "./platform-event.ts";

/** Put once an experiment was deleted for good. One that is lost is made up for by the schedule of remove-experiments. */
export const removalRequested = defineEvent({
  detailType: "removal.requested",
  summary: "An experiment was deleted for good: what its runs left behind should go.",
  detail: z.object({ experimentId: z.string() }),
});
