import type { ExecutionStep } from "#contracts/platform/pipelines.ts";

/** The state that ends the machine of an execution that failed, by refusing it: it is no work that failed. */
const closing = "Reopen";

/** The steps that a person follows, each in its place. */
export const worked = (steps: readonly ExecutionStep[]): readonly ExecutionStep[] =>
  steps.filter(({ name, status }) => name !== closing || status !== "failed");
