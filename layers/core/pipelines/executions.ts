import type { MachineGraph } from "#contracts/platform/machine-graph.ts";
import type { Execution, ExecutionStepData } from "#contracts/platform/pipelines.ts";
import type { TrainingRequest } from "#contracts/platform/training-request.ts";
import { conflict, doesNotExist } from "../errors.ts";
import { canonicalJson } from "./canonical-json.ts";
import { amend, type DocumentStore } from "./documents.ts";
import { graphOf } from "./machine-graph.ts";
import type { StepRecord } from "./steps.ts";

/** An execution as it is kept: with what was asked for. */
export interface StoredExecution extends Execution {
  readonly request: TrainingRequest;
  /** All that its end brings with it is done: run, approval, slot, event. */
  readonly isFinished?: boolean | undefined;
}

/** The service that runs state machines. */
export interface ExecutionEngine {
  /** Idempotent by name and input while the execution runs. @returns false where the name is taken by an execution that has ended, or has another input */
  start(name: string, input: unknown): Promise<boolean>;
  /** None where the engine has forgotten the execution. */
  steps(name: string): Promise<readonly StepRecord[]>;
  /** The machine that the execution runs, in the Amazon States Language; undefined where the engine has forgotten the execution. */
  definition(name: string): Promise<string | undefined>;
  /** Goes on with an execution that failed, at the state that failed. @returns whether it runs now: not where it is too old, its history is full, or nobody knows it */
  redrive(name: string): Promise<boolean>;
  /** Does nothing where the execution has ended, or never was. */
  stop(name: string, reason: string): Promise<void>;
}

/** What starting an execution stands on. */
export interface StartContext {
  /** In groups: the executions of each pipeline. */
  readonly executions: DocumentStore<StoredExecution>;
  readonly engine: Pick<ExecutionEngine, "start">;
  readonly now: () => number;
  readonly newId: () => string;
}
export interface ExecutionsContext extends StartContext {
  readonly engine: ExecutionEngine;
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
export const shown = ({ request, isFinished: _isFinished, ...execution }: StoredExecution): Execution => ({
  ...execution,
  registeredModel: request.registeredModel,
});

/**
 * Begins an execution, once: the engine is asked first, as it alone decides whether a name is free, and the first state of the machine writes the
 * document too, so that a crash between the two calls leaves nothing that does not heal.
 * @throws DomainError RESOURCE_CONFLICT where the name belongs to another request
 */
export async function begin(ctx: StartContext, name: string, request: TrainingRequest): Promise<StoredExecution> {
  const known = await ctx.executions.find(name);
  const isNew = known === undefined && (await ctx.engine.start(name, { request }));
  if (isNew) await ctx.executions.insert(newExecution(name, request, ctx.now()));
  const kept = known ?? (await ctx.executions.find(name));
  if (!kept || canonicalJson(kept.document.request) !== canonicalJson(request))
    throw conflict(`execution ${name} exists already with another request, choose another name`);
  return kept.document;
}

export async function findExecution({ executions }: Pick<ExecutionsContext, "executions">, name: string): Promise<StoredExecution> {
  const found = await executions.find(name);
  if (!found) throw doesNotExist(`execution ${name} not found`);
  return found.document;
}

export async function readExecution(ctx: ExecutionsContext, name: string) {
  const found = await findExecution(ctx, name);
  return { execution: shown(found), request: found.request, steps: (await ctx.engine.steps(name)).map(({ step }) => step) };
}

/** @throws DomainError RESOURCE_DOES_NOT_EXIST where the execution, or the engine's memory of it, is gone */
export async function readGraph(ctx: ExecutionsContext, name: string): Promise<MachineGraph> {
  await findExecution(ctx, name);
  const definition = await ctx.engine.definition(name);
  if (definition === undefined) throw doesNotExist(`the machine of execution ${name} is not known any more`);
  return graphOf(definition);
}

/** @param position among the execution's steps, from 0 */
export async function readStep(ctx: ExecutionsContext, name: string, position: number): Promise<ExecutionStepData> {
  await findExecution(ctx, name);
  const steps = await ctx.engine.steps(name);
  const found = steps[position];
  if (!found) throw doesNotExist(`execution ${name} has ${steps.length} steps, got position ${position}`);
  const { workers: _workers, ...data } = found;
  return data;
}

type Progress = Partial<Pick<Execution, "runId" | "modelVersion" | "rolloutId">>;

/** Adds what became known of a running execution. @throws DomainError when it has ended meanwhile */
export async function noteProgress({ executions }: Pick<ExecutionsContext, "executions">, name: string, progress: Progress): Promise<StoredExecution> {
  const noted = await amend(executions, name, (it) => {
    if (isEnded(it)) throw conflict(`execution ${name} has ended: ${it.status}`);
    return { ...it, ...progress };
  });
  if (!noted) throw doesNotExist(`execution ${name} not found`);
  return noted;
}

/** Adds the rollout that an execution has brought its version to, from where it can be watched. An execution that has ended, or that never was, is left alone. */
export async function noteRollout({ executions }: Pick<ExecutionsContext, "executions">, name: string, rolloutId: string): Promise<void> {
  await amend(executions, name, (it) => (isEnded(it) || it.rolloutId === rolloutId ? it : { ...it, rolloutId }));
}
