import * as z from "zod";
import { modelName, registryTagValue } from "../mlflow/registry-fields.ts";

/** What the step that registers a trained model takes. */
export const modelRegistration = z.strictObject({
  registeredModel: modelName,
  source: z
    .string()
    .regex(/^(mlflow-artifacts:.|s3:\/\/[^/]+\/.|models:\/m-[0-9a-f]{32}$)/, {
      error: "must be like models:/m-<id>, mlflow-artifacts:/path or s3://bucket/path",
    })
    .describe("Where the model's files are."),
  runId: z.string().optional(),
  digest: z
    .string()
    .regex(/^[\w:-]{8,200}$/, { error: "must be 8 to 200 letters, digits, colons, dashes or underscores" })
    .describe("SHA-256 of the model file: the same digest under the same model is the same version."),
  tags: z.record(z.string(), registryTagValue).default({}),
  description: z.string().optional(),
});

export const registeredVersion = z.strictObject({ name: z.string(), version: z.int() });
