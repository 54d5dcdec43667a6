import * as z from "zod";
import { endpointName, variantName } from "./endpoint.ts";

/** Letters and digits as in the name of a Step Functions execution, which a rollout's id is. */
export const rolloutId = z.string().regex(/^[a-zA-Z0-9_-]{1,80}$/, "must be 1 to 80 letters, digits, _ or -");

export const Guardrails = z
  .object({
    minimumRequests: z.int().min(1).default(100).describe("Requests that the canary must have answered before it may be promoted."),
    failureRatio: z
      .number()
      .min(1)
      .default(1.2)
      .describe("The canary may fail or refuse this many times as often as the baseline; evidence of more rolls back."),
    latencyRatio: z.number().min(1).default(1.5).describe("The canary's 95th percentile of latency may be this many times the baseline's."),
    nullRatio: z.number().min(1).default(1.2).describe("The canary may give null, NaN or infinite outputs this many times as often as the baseline."),
    maximumFailureRate: z
      .number()
      .gt(0)
      .max(1)
      .optional()
      .describe("Rolls back when the canary certainly fails more often than this, whatever the baseline does."),
    falseAlarmRate: z.number().gt(0).max(0.5).default(0.01).describe("Chance that a canary as good as the baseline is rolled back, over all looks together."),
  })
  .meta({ id: "Guardrails", description: "What rolls a canary back." });

export const RolloutPlan = z
  .object({
    steps: z
      .array(z.number().gt(0).lt(1))
      .min(1)
      .max(20)
      .refine((steps) => steps.every((step, index) => index === 0 || step > (steps[index - 1] ?? 0)), "must grow from step to step")
      .default([0.05, 0.25, 0.5])
      .describe("Weights of the canary, one after the other; promotion follows the last."),
    bakeSeconds: z.int().min(1).max(86_400).default(300).describe("Time at each step."),
    evaluateEverySeconds: z
      .int()
      .min(1)
      .max(3_600)
      .optional()
      .describe("Time between looks within a step. Without it: a tenth of the bake time, at most a minute."),
    deadlineSeconds: z
      .int()
      .min(1)
      .max(2_592_000)
      .optional()
      .describe("A rollout that is undecided by then is rolled back. Without it: four times the bake time of all steps and at least an hour."),
    guardrails: Guardrails.prefault({}),
  })
  .meta({ id: "RolloutPlan", description: "How a model version takes over: steps, bake time and guardrails." });

const Arm = z
  .object({
    requests: z.int(),
    errors: z.int(),
    refusals: z.int(),
    rows: z.int(),
    nullRows: z.int(),
    p95Milliseconds: z.number().optional(),
  })
  .meta({ id: "RolloutArm", description: "What one side of a rollout did since it began." });

export const RolloutDecision = z
  .object({
    at: z.int(),
    step: z.int(),
    decision: z.enum(["continue", "advance", "promote", "rollBack"]),
    reason: z.string(),
    canary: Arm,
    baseline: Arm,
    evidence: z.record(z.string(), z.number()).describe("The test values that the decision rests on; an e-value of 1/falseAlarmRate or more is proof."),
  })
  .meta({ id: "RolloutDecision", description: "One look at a rollout: the figures, and what followed." });

export const RolloutPause = z
  .object({ at: z.int().describe("Milliseconds since the epoch."), by: z.string(), reason: z.string() })
  .meta({ id: "RolloutPause", description: "Who keeps a rollout at its step, since when and why." });

export const Rollout = z
  .object({
    rolloutId,
    endpointName,
    modelName: z.string(),
    modelVersion: z.string(),
    canary: variantName,
    baseline: variantName,
    plan: RolloutPlan,
    status: z.enum(["running", "promoted", "rolledBack", "aborted"]),
    reason: z.string(),
    step: z.int().describe("Index of the step under way, from 0."),
    startedAt: z.int(),
    stepStartedAt: z.int().describe("Moved on by the time of each pause: what has passed since then was baking."),
    paused: RolloutPause.optional().describe("Absent while it goes on."),
    pausedMilliseconds: z.int().default(0).describe("Time of the pauses that are over."),
    endedAt: z.int().optional(),
    startedBy: z.string(),
    decisions: z.array(RolloutDecision).describe("Every look that changed something, and the last one."),
  })
  .meta({ id: "Rollout", description: "A model version taking over an endpoint, watched step by step." });

export type Guardrails = z.output<typeof Guardrails>;
export type RolloutPlan = z.output<typeof RolloutPlan>;
export type RolloutDecision = z.output<typeof RolloutDecision>;
export type RolloutArm = z.output<typeof Arm>;
export type Rollout = z.output<typeof Rollout>;

/** What the rollout machine and its tasks hand to each other. */
export const RolloutReference = z.object({ endpointName, rolloutId });
export type RolloutReference = z.output<typeof RolloutReference>;
