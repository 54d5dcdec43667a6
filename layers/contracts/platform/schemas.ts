import * as z from "zod";
import { defineContract } from "../route.ts";
import { MonitorDefinition } from "./monitors.ts";
import { RolloutPlan } from "./rollout.ts";
import { TrainingRequest } from "./training-request.ts";

const documents = { TrainingRequest, RolloutPlan, MonitorDefinition } as const;
const names = Object.keys(documents) as (keyof typeof documents)[];

/** JSON Schema (2020-12) of what a caller may send: before defaults are filled. Rules across fields, which it cannot say, are checked on arrival. */
export const inputSchema = (name: keyof typeof documents): Record<string, z.core.util.JSONType> =>
  JSON.parse(JSON.stringify(z.toJSONSchema(documents[name], { io: "input", unrepresentable: "any" }))) as Record<string, z.core.util.JSONType>;

export const schemaContract = defineContract({
  name: "schemas",
  surface: "platform",
  summary: "What larger requests look like, for forms and generators.",
  routes: {
    getSchema: {
      method: "GET",
      path: "/capstan/v1/schemas/{name}",
      summary: "JSON Schema (2020-12) of a request document, with defaults and descriptions.",
      request: z.object({ name: z.enum(names) }),
      response: z.object({ schema: z.record(z.string(), z.json()) }),
      errors: ["INVALID_PARAMETER_VALUE"],
    },
  },
});
