import * as z from "zod";
import { defineEvent } from "./platform-event.ts";

/** Put when a search finds so much of an experiment unpacked that packing it would pay. One that is lost is made up for by a later search. */
export const compactionRequested = defineEvent({
  detailType: "compaction.requested",
  summary: "An experiment's runs should be packed, so that searches of it read less.",
  detail: z.object({ experimentId: z.string() }),
});
