import * as z from "zod";
import { ConfigError } from "#core/errors.ts";

/** Every knob of a deployment: its meaning, its unit, its default. Read from the context key `capstan` of cdk.json or `-c capstan='{...}'`. */
export const DeploymentConfig = z.strictObject({
  stage: z
    .string()
    .regex(/^[a-z][a-z0-9]{0,11}$/, "must be 1 to 12 lower-case letters or digits, a letter first")
    .default("dev")
    .describe("Part of every stack's and function's name, so that stages can share an account."),
  region: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, "must be like eu-central-1")
    .optional()
    .describe("Region to deploy to; without it the one of the credentials in use."),
  retainData: z
    .boolean()
    .default(true)
    .describe("Tables, buckets and keys outlive their stack, and are protected against deletion. Turn it off only for throw-away stages."),
  logRetentionDays: z
    .union([z.literal(7), z.literal(14), z.literal(30), z.literal(90), z.literal(180), z.literal(365)])
    .default(30)
    .describe("Days that logs are kept."),
  customerManagedKey: z
    .boolean()
    .default(false)
    .describe("Encrypts tables, buckets and topics with a KMS key of your own (about $1 a month), instead of keys that AWS manages. Needs region."),
  auth: z
    .discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("token"), cacheSeconds: z.int().min(0).max(3600).default(60) }),
      z.strictObject({ kind: z.literal("jwt"), issuer: z.url({ protocol: /^https$/ }), audience: z.array(z.string()).min(1) }),
    ])
    .default({ kind: "token", cacheSeconds: 60 })
    .describe("Who may call the API: holders of the platform's own tokens, or of a JWT that your identity provider signed."),
  corsOrigins: z.array(z.url()).default([]).describe("Origins whose pages may call the API, besides the console's own."),
  throttle: z
    .strictObject({ requestsPerSecond: z.int().min(1).max(10_000), burst: z.int().min(1).max(5000) })
    .default({ requestsPerSecond: 500, burst: 1000 })
    .describe("Limit of the whole API."),
  domain: z
    .strictObject({ name: z.string(), certificateArn: z.string().startsWith("arn:") })
    .optional()
    .describe("Name of the console and its certificate (ACM, us-east-1). Without it CloudFront's own name is used."),
  gpu: z
    .boolean()
    .default(false)
    .describe("Adds the ECS cluster and service for GPU serving, at desired count 0: nothing runs, and nothing is paid, until you raise the count."),
  gpuFamilies: z.array(z.string()).min(1).default(["g6", "g5", "g4dn"]).describe("EC2 instance families that may carry GPU serving, in order of preference."),
  servingImageTag: z.string().optional().describe("Tag of the inference image in the stage's repository, which keeps each tag for ever. Needed with gpu."),
  trainingImage: z.string().optional().describe("Container image for your own training scripts as SageMaker jobs: an ECR address in the same region."),
  captureRetentionDays: z
    .int()
    .min(1)
    .max(3650)
    .default(90)
    .describe(
      "Captured predictions, as they came and compacted, are deleted after this many days. Longer than the longest window of a monitor, and its reference.",
    ),
  runbookUrl: z.string().default("docs/runbook.md").describe("Address of the runbook, for the links in alarms."),
  alarmEmail: z.email().optional().describe("Where alarms are sent; without it they only change state."),
  monthlyBudgetUsd: z
    .number()
    .positive()
    .optional()
    .describe("An AWS budget on everything tagged with this stage, with mail at 80 % and 100 %. Needs alarmEmail."),
  maxWriteUnitsPerSecond: z
    .int()
    .min(1)
    .max(40_000)
    .default(2000)
    .describe("Upper bound on each table's on-demand writes: a cap on what a runaway client can cost."),
  maxReadUnitsPerSecond: z.int().min(1).max(40_000).default(4000).describe("Upper bound on each table's on-demand reads."),
});
export type DeploymentConfig = z.output<typeof DeploymentConfig>;

/** Knobs that need another. */
const needs = (given: DeploymentConfig): readonly string[] => [
  ...(given.monthlyBudgetUsd !== undefined && given.alarmEmail === undefined ? ["alarmEmail must be set where monthlyBudgetUsd is"] : []),
  // A table's key is written down by region.
  ...(given.customerManagedKey && given.region === undefined ? ["region must be set where customerManagedKey is on"] : []),
  ...(given.gpu && given.servingImageTag === undefined ? ["servingImageTag must be set where gpu is on"] : []),
];

function parsed(context: unknown): unknown {
  if (typeof context !== "string") return context ?? {};
  try {
    return JSON.parse(context);
  } catch {
    throw new ConfigError(`context key capstan must be JSON, got ${context}`);
  }
}

/** @throws ConfigError naming each knob that is unknown or wrong and what is allowed */
export function readConfig(context: unknown): DeploymentConfig {
  const result = DeploymentConfig.safeParse(parsed(context));
  const wrong = result.success ? needs(result.data) : result.error.issues.map(({ path, message }) => `${path.join(".") || "value"}: ${message}`);
  if (result.success && wrong.length === 0) return result.data;
  throw new ConfigError(`context key capstan: ${wrong.join("; ")}`);
}
