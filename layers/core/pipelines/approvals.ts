import type { ApprovalRequest } from "#contracts/platform/pipelines.ts";
import { conflict, doesNotExist, invalid } from "../errors.ts";
import { amend, type DocumentStore } from "./documents.ts";
import { noteProgress, type StoredExecution } from "./executions.ts";
import type { SlotStore } from "./slots.ts";

/** An approval request as it is kept: with the token that lets its execution go on. */
export interface StoredApproval extends ApprovalRequest {
  readonly taskToken: string;
}

/** How a waiting state machine is told. A token that is no longer waited for is no error: its execution has ended. */
export interface TokenAnswers {
  succeed(taskToken: string, output: unknown): Promise<void>;
}

export interface ApprovalsContext {
  readonly approvals: DocumentStore<StoredApproval>;
  readonly tokens: TokenAnswers;
  readonly now: () => number;
}

const shown = ({ taskToken: _taskToken, ...approval }: StoredApproval): ApprovalRequest => approval;

/** A pending request whose time is over reads as expired, whether or not its execution noticed yet. */
const atTime = (approval: StoredApproval, now: number): StoredApproval =>
  approval.status === "pending" && approval.expiresAt <= now ? { ...approval, status: "expired" } : approval;

type Decision = "approved" | "rejected";

/** The answer that the state machine waits for. */
const answerOf = ({ status, decidedBy = "", reason = "" }: ApprovalRequest) => ({ decision: status, by: decidedBy, reason });

/**
 * Records a decision, then tells the execution. The record comes first: a crash in between is healed by repeating the call, which finds the
 * decision made and tells the execution again.
 */
export async function decide(ctx: ApprovalsContext, execution: string, status: Decision, decidedBy: string, reason: string): Promise<ApprovalRequest> {
  const decided = await amend(ctx.approvals, execution, (found) => {
    const approval = atTime(found, ctx.now());
    if (approval.status === status) return found;
    if (approval.status !== "pending") throw conflict(`approval of execution ${execution} is ${approval.status}, only a pending one can be ${status}`);
    return { ...found, status, decidedAt: ctx.now(), decidedBy, reason };
  });
  if (!decided) throw doesNotExist(`approval of execution ${execution} not found`);
  await ctx.tokens.succeed(decided.taskToken, answerOf(decided));
  return shown(decided);
}

export interface AskingContext extends ApprovalsContext {
  readonly executions: DocumentStore<StoredExecution>;
  readonly slots: Pick<SlotStore, "release">;
}

function askedAgain({ reason, ...found }: StoredApproval, { taskToken, expiresAt }: Pick<StoredApproval, "taskToken" | "expiresAt">): StoredApproval {
  if (found.status === "expired") return { ...found, taskToken, expiresAt, status: "pending" };
  return { ...found, taskToken, ...(reason !== undefined && { reason }) };
}

/**
 * Files a request; repeated by a retried state, it keeps the first time and takes the newest token; one that expired
 * with its execution is open again. The pipeline is free first: a person may take
 * days, and once there is a request the answer, and with it the slot's next use, may come at any time.
 */
export async function requestApproval(ctx: AskingContext, request: Omit<StoredApproval, "status">): Promise<void> {
  await noteProgress(ctx, request.execution, { modelVersion: request.modelVersion });
  await ctx.slots.release(request.pipeline, request.execution);
  if (await ctx.approvals.insert({ ...request, status: "pending" })) return;
  const kept = await amend(ctx.approvals, request.execution, (found) => (found.taskToken === request.taskToken ? found : askedAgain(found, request)));
  if (kept && (kept.status === "approved" || kept.status === "rejected")) await ctx.tokens.succeed(kept.taskToken, answerOf(kept));
}

/** Ends the wait for an answer that did not come. @returns the request as it is kept, undefined where none was filed */
export async function expireApproval({ approvals }: Pick<ApprovalsContext, "approvals">, execution: string, reason: string) {
  return await amend(approvals, execution, (found): StoredApproval => (found.status === "pending" ? { ...found, status: "expired", reason } : found));
}

/** What was decided when the time is over: a decision that was recorded counts, also where its message to the machine was lost. */
export async function settleApproval(ctx: Pick<ApprovalsContext, "approvals">, execution: string) {
  const settled = await expireApproval(ctx, execution, "nobody decided in time");
  if (!settled) throw doesNotExist(`approval of execution ${execution} not found`);
  return answerOf(settled);
}

export async function findApproval({ approvals, now }: ApprovalsContext, execution: string): Promise<ApprovalRequest> {
  const found = await approvals.find(execution);
  if (!found) throw doesNotExist(`approval of execution ${execution} not found`);
  return shown(atTime(found.document, now()));
}

/** Names hold no slash, so that a model is never taken for a version. */
const versionGroup = (registeredModel: string, modelVersion: string) => `${registeredModel}/${modelVersion}`;
/** What requests are also listed by: the model, and the version, that they are about. */
export const approvalGroups = ({ registeredModel, modelVersion }: ApprovalRequest) => [registeredModel, versionGroup(registeredModel, modelVersion)];

interface Filter {
  readonly registeredModel?: string | undefined;
  readonly modelVersion?: string | undefined;
  readonly status?: ApprovalRequest["status"] | undefined;
  readonly limit: number;
  readonly pageToken?: string | undefined;
}

function groupOf({ registeredModel, modelVersion }: Filter): string | undefined {
  if (registeredModel === undefined && modelVersion !== undefined) throw invalid(`registeredModel must be given with modelVersion ${modelVersion}, got none`);
  return registeredModel === undefined || modelVersion === undefined ? registeredModel : versionGroup(registeredModel, modelVersion);
}

/** A page of requests, the newest first. Those of one model or version are a list of their own; with a status a page may be short, or empty, and still have a next one. */
export async function listApprovals({ approvals, now }: ApprovalsContext, filter: Filter) {
  const { status, limit, pageToken } = filter;
  const page = await approvals.list(limit, pageToken, groupOf(filter));
  const wanted = page.documents.map((approval) => atTime(approval, now())).filter((approval) => status === undefined || approval.status === status);
  return { approvals: wanted.map(shown), ...(page.nextPageToken !== undefined && { nextPageToken: page.nextPageToken }) };
}
