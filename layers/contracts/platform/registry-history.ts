import * as z from "zod";
import { modelName, versionNumber } from "../mlflow/registry-fields.ts";
import { defineContract } from "../route.ts";
import { RolloutReference } from "./rollout.ts";

const version = z.int().describe("The version it happened to.");
const ofEither = version.optional().describe("The version it happened to; absent where it happened to the model.");
const shortened = z.string().describe("At most 200 characters of it.");

/** What may happen to a registered model or a version of it. */
export const RegistryEvent = z
  .discriminatedUnion("kind", [
    z.object({ kind: z.literal("modelCreated") }),
    z.object({ kind: z.literal("modelRenamed"), from: z.string(), to: z.string() }),
    z.object({ kind: z.literal("registered"), version }),
    z.object({ kind: z.literal("versionDeleted"), version }),
    z.object({ kind: z.literal("stageChanged"), version, from: z.string(), to: z.string() }),
    z.object({
      kind: z.literal("aliasMoved"),
      alias: z.string(),
      from: z.int().optional().describe("The version that had it; absent when it is new."),
      to: z.int().optional().describe("The version that has it; absent when it was removed."),
    }),
    z.object({
      kind: z.literal("tagChanged"),
      version: ofEither,
      key: z.string(),
      from: shortened.optional().describe("The value before, at most 200 characters of it; absent when the tag is new."),
      to: shortened.optional().describe("The value since, at most 200 characters of it; absent when the tag was removed."),
    }),
    z.object({ kind: z.literal("described"), version: ofEither }),
  ])
  .meta({ id: "RegistryEvent", description: "Something that happened to a registered model or to one of its versions." });
export type RegistryEvent = z.output<typeof RegistryEvent>;

export const RegistryChange = z
  .object({
    number: z.int().describe("Counts the changes of the model, from 1."),
    at: z.int().describe("Milliseconds since the epoch."),
    by: z.string().describe("Who made it: the caller, `anonymous` where authentication is off, or the part of the platform that did."),
    execution: z.string().optional().describe("The pipeline's execution that made it."),
    rollout: RolloutReference.optional().describe("The rollout that made it."),
    events: z.array(RegistryEvent).describe("What happened in it, all at once; of a version's history only what concerns that version."),
  })
  .meta({ id: "RegistryChange", description: "One change of a registered model: when, by whom, what." });
export type RegistryChange = z.output<typeof RegistryChange>;

/** What has become of registered models. */
export const registryHistoryContract = defineContract({
  name: "registry-history",
  surface: "platform",
  summary: "The past of registered models and their versions.",
  routes: {
    listModelHistory: {
      method: "GET",
      path: "/capstan/v1/models/{name}/history",
      summary:
        "List the changes of a registered model, or of one of its versions, the newest first. A renamed model keeps them; a deleted one takes them along.",
      request: z.object({
        name: modelName,
        version: versionNumber.optional().describe("Only what concerns this version, also when it is deleted."),
        limit: z.coerce.number().int().min(1).max(200).default(50),
        pageToken: z
          .string()
          .regex(/^\d{1,10}$/, "must come from a previous page")
          .optional(),
      }),
      response: z.object({ changes: z.array(RegistryChange), nextPageToken: z.string().optional() }),
      errors: ["RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE"],
    },
  },
});
