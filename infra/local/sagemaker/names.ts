import * as z from "zod";
import { account, region } from "../environment.ts";

/** What SageMaker names, as its ARNs spell the kind. */
export type Kind = "training-job" | "model" | "endpoint-config" | "endpoint";

export const arnOf = (kind: Kind, name: string) => `arn:aws:sagemaker:${region}:${account}:${kind}/${name.toLowerCase()}`;

/** Names of models, configurations, endpoints and variants. */
export const name = z
  .string()
  .max(63, "must have at most 63 characters")
  .regex(/^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/, "must satisfy the regular expression pattern: [a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}");

export const tags = z.array(z.object({ Key: z.string().min(1).max(128), Value: z.string().max(256) })).max(50);

/** A time as AWS JSON has it: seconds since the epoch. */
export const seconds = (milliseconds: number) => milliseconds / 1000;
