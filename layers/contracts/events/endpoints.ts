import * as z from "zod";
import { defineEvent } from "./platform-event.ts";

/** Put after each change of an endpoint that is, or was, hosted outside the platform's own functions. A schedule makes up for one that is lost. */
export const endpointChanged = defineEvent({
  detailType: "endpoint.changed",
  summary: "An endpoint with compute of its own has changed, or is gone.",
  detail: z.object({ endpoint: z.string() }),
});
