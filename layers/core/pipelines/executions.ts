import type { Execution, ExecutionStep } from "#contracts/platform/pipelines.ts";
import type { TrainingRequest } from "#contracts/platform/training-request.ts";
import { conflict, doesNotExist } from "../errors.ts";
import { amend, type DocumentStore } from "./documents.ts";

/** An execution as it is kept: with what was asked for. */
export interface StoredExecution extends Execution {
  readonly request: TrainingRequest;
}

/** The service that runs state machines. */
export interface ExecutionEngine {
  /** Idempotent by name and input. @throws DomainError RESOURCE_CONFLICT when the name is taken by another input */
  start(name: string, input: unknown): Promise<void>;
  steps(name: string): Promise<readonly ExecutionStep[]>;
  /** Does nothing where the execution has ended, or never was. */
  stop(name: string, reason: string): Promise<void>;
}

export interface ExecutionsContext {
  readonly executions: DocumentStore<StoredExecution>;
  readonly engine: ExecutionEngine;
  readonly now: () => number;
  readonly newId: () => string;
}

export const isEnded = ({ status }: Pick<Execution, "status">) => status !== "running";

/** The document of an execution at its start. */
export const newExecution = (name: string, request: TrainingRequest, startedAt: number): StoredExecution => ({
  name,
  pipeline: request.pipeline,
  status: "running",
  startedAt,
  startedBy: request.trigger.by,
  trigger: request.trigger.type,
  reason: request.trigger.reason,
  request,
});

/** What callers see of an execution. */
export const shown = ({ request: _request, ...execution }: StoredExecution): Execution => execution;

/**
 * Starts the training pipeline. The engine is asked first: it alone decides whether a name is free, and the first state of the machine writes the
 * document too, so that a crash between the two calls leaves nothing that does not heal.
 */
export async function startExecution(ctx: ExecutionsContext, request: TrainingRequest, principal: string, givenName?: string): Promise<Execution> {
  const name = givenName ?? `${request.pipeline}-${ctx.newId()}`;
  const asked: TrainingRequest = { ...request, trigger: { ...request.trigger, by: principal } };
  await ctx.engine.start(name, { execution: name, request: asked });
  await ctx.executions.insert(newExecution(name, asked, ctx.now()));
  return shown(await findExecution(ctx, name));
}

export async function findExecution({ executions }: Pick<ExecutionsContext, "executions">, name: string): Promise<StoredExecution> {
  const found = await executions.find(name);
  if (!found) throw doesNotExist(`execution ${name} not found`);
  return found.document;
}

export async function readExecution(ctx: ExecutionsContext, name: string) {
  const { request, ...execution } = await findExecution(ctx, name);
  return { execution, request, steps: [...(await ctx.engine.steps(name))] };
}

interface Filter {
  readonly pipeline?: string | undefined;
  readonly status?: Execution["status"] | undefined;
  readonly limit: number;
  readonly pageToken?: string | undefined;
}

/** A page of executions, the newest first. With a filter a page may be short, or empty, and still have a next one. */
export async function listExecutions({ executions }: ExecutionsContext, { pipeline, status, limit, pageToken }: Filter) {
  const page = await executions.list(limit, pageToken);
  const wanted = page.documents.filter((it) => (pipeline === undefined || it.pipeline === pipeline) && (status === undefined || it.status === status));
  return { executions: wanted.map(shown), ...(page.nextPageToken !== undefined && { nextPageToken: page.nextPageToken }) };
}

export type Ending = Pick<Execution, "status"> & { readonly outcome: string };

/** Marks the end of an execution; one that has ended keeps its first ending. */
export async function endExecution(
  { executions, now }: Pick<ExecutionsContext, "executions" | "now">,
  name: string,
  { status, outcome }: Ending,
): Promise<StoredExecution> {
  const ended = await amend(executions, name, (it) => (isEnded(it) ? it : { ...it, status, outcome, endedAt: now() }));
  if (!ended) throw doesNotExist(`execution ${name} not found`);
  return ended;
}

/** Adds what became known of a running execution. @throws DomainError when it has ended meanwhile */
export async function noteProgress(
  { executions }: Pick<ExecutionsContext, "executions">,
  name: string,
  progress: Partial<Pick<Execution, "runId" | "modelVersion" | "rolloutId">>,
): Promise<StoredExecution> {
  const noted = await amend(executions, name, (it) => {
    if (isEnded(it)) throw conflict(`execution ${name} has ended: ${it.status}`);
    return { ...it, ...progress };
  });
  if (!noted) throw doesNotExist(`execution ${name} not found`);
  return noted;
}
