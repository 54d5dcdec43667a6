import * as z from "zod";
import { defineFunction } from "#contracts/function-spec.ts";

/** HTTP API Lambda authorizer, payload format 2.0, simple response. It only says who is asking; what they may do is decided in the functions. */
export const authorizer = defineFunction({
  name: "authorizer",
  summary: "Turns a bearer token or basic credentials into the name of the caller.",
  task: {
    input: z.object({ headers: z.record(z.string(), z.string()).optional(), identitySource: z.array(z.string()).nullish() }),
    output: z.object({ isAuthorized: z.boolean(), context: z.object({ principal: z.string() }).optional() }),
  },
  tables: { tokens: "read" },
  memoryMiB: 256,
  timeoutSeconds: 5,
});
