import type * as z from "zod";
import type { RequestApprovalInput } from "#contracts/platform/pipeline-tasks.ts";
import type { StoredApproval } from "./approvals.ts";

/** What a request for approval shows to whoever decides. @param now milliseconds since the epoch */
export function approvalRequestOf(asked: z.output<typeof RequestApprovalInput>, now: number): Omit<StoredApproval, "status"> {
  const { request, execution, taskToken, modelVersion, runId, evaluation, championEvaluation, comparison, data } = asked;
  const waitSeconds = request.approval.mode === "manual" ? request.approval.timeoutSeconds : 0;
  return {
    execution,
    taskToken,
    pipeline: request.pipeline,
    registeredModel: request.registeredModel,
    modelVersion,
    requestedAt: now,
    expiresAt: now + waitSeconds * 1000,
    evidence: {
      runId,
      endpoint: request.endpoint,
      dataset: data.dataset,
      datasetVersion: data.version,
      candidate: evaluation.metrics,
      champion: championEvaluation?.metrics ?? null,
      comparison: comparison.reason,
      requestedBy: request.trigger.by,
    },
  };
}
