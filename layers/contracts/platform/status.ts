import * as z from "zod";
import { defineContract } from "../route.ts";

export const Dependency = z
  .object({
    name: z.string().describe("The table or bucket, by its role."),
    ok: z.boolean(),
    milliseconds: z.number().describe("How long the check took."),
    detail: z.string().optional().describe("What failed; absent when it answers."),
  })
  .meta({ id: "Dependency", description: "Something the platform stands on, and whether it answers." });

export const Status = z
  .object({
    product: z.literal("capstan"),
    version: z.string(),
    ok: z.boolean().describe("Every dependency answers."),
    dependencies: z.array(Dependency),
    clients: z.array(z.object({ name: z.string(), setting: z.string().describe("The line that points this client at the platform.") })),
  })
  .meta({ id: "Status", description: "The platform's health, and how clients reach it." });

export const statusContract = defineContract({
  name: "status",
  surface: "platform",
  summary: "The platform's own health.",
  routes: {
    getStatus: {
      method: "GET",
      path: "/capstan/v1/status",
      summary: "Check every table and bucket, and tell how clients reach the platform.",
      request: z.object({}),
      response: Status,
      errors: [],
    },
  },
});
