import * as z from "zod";
import { int64 } from "../int64.ts";
import { characters, entityKey, isCleanPath } from "./keys.ts";
import { keyValue } from "./tags.ts";

/** MLflow 3.17.2's rule for names of registered models and prompts. */
export const modelName = z
  .string()
  .refine((name) => name.trim() !== "", { error: "must not be blank", abort: true })
  .refine((name) => characters(name) <= 255, { error: "must be at most 255 characters", abort: true })
  .refine((name) => !/[/:]/.test(name) && isCleanPath(name), { error: "must not hold / or : nor read as another file path" });

/** Tags of registered models and their versions: values of up to 100,000 characters. */
export const registryTagValue = z.string().refine((value) => characters(value) <= 100_000, { error: "must be at most 100000 characters" });
export const registryTag = z.object({ key: entityKey, value: registryTagValue.nullish() }).transform(({ key, value }) => ({ key, value: value ?? "" }));

/** A version's number: decimal text on the wire; a JSON number is taken too. */
export const versionNumber = z
  .union([z.string(), z.number(), z.bigint()])
  .transform(String)
  .refine((version) => /^\d{1,9}$/.test(version), { error: "must be an integer" })
  .transform(Number);

/** A boolean of a query (`True`, as Python writes it) or of a JSON body. */
export const flag = z.union([z.boolean(), z.string()]).transform((value, context): boolean => {
  const text = String(value).toLowerCase();
  if (text === "true" || text === "false") return text === "true";
  context.addIssue({ code: "custom", message: "must be true or false", input: value });
  return z.NEVER;
});

const stages = ["None", "Staging", "Production", "Archived"] as const;

/** A version of a registered model in a reply. */
export const modelVersion = z
  .object({
    name: z.string(),
    version: z.string().describe("A number from 1 up, never used again."),
    creation_timestamp: int64,
    last_updated_timestamp: int64,
    current_stage: z.enum(stages),
    description: z.string().optional(),
    source: z.string().describe("As it was given."),
    run_id: z.string().optional(),
    run_link: z.string().optional(),
    model_id: z.string().optional(),
    status: z.literal("READY"),
    tags: z.array(keyValue).optional(),
    aliases: z.array(z.string()).optional(),
  })
  .meta({ id: "ModelVersion", description: "A version of a registered model, or of a prompt." });

/** A registered model in a reply. */
export const registeredModel = z
  .object({
    name: z.string(),
    creation_timestamp: int64,
    last_updated_timestamp: int64,
    description: z.string().optional(),
    latest_versions: z.array(modelVersion).optional().describe("The highest version of each stage."),
    tags: z.array(keyValue).optional(),
    aliases: z.array(z.object({ alias: z.string(), version: z.string() })).optional(),
  })
  .meta({ id: "RegisteredModel", description: "A name under which versions of a model, or of a prompt, are kept." });
