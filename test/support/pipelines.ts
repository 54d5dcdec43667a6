import type * as z from "zod";
import { TrainingRequest } from "#contracts/platform/training-request.ts";
import { approvalGroups, type StoredApproval } from "#core/pipelines/approvals.ts";
import type { StoredExecution } from "#core/pipelines/executions.ts";
import type { LogEvent } from "#core/pipelines/log-lines.ts";
import type { SlotStore } from "#core/pipelines/slots.ts";
import type { LogReader } from "#core/pipelines/step-logs.ts";
import type { StepRecord } from "#core/pipelines/steps.ts";
import { memoryDocuments } from "./memory-documents.ts";

/** A request that asks for as little as one can. */
export const plainRequest = {
  pipeline: "churn",
  dataset: { name: "customers", sourceUri: "s3://data/customers.csv" },
  target: "churned",
  problem: "classification",
  experiment: "churn",
  registeredModel: "churn",
  endpoint: "churn",
} as const satisfies z.input<typeof TrainingRequest>;

export const aRequest = (rest: Partial<z.input<typeof TrainingRequest>> = {}): TrainingRequest => TrainingRequest.parse({ ...plainRequest, ...rest });

/** The slot store's promise, in memory. */
export function memorySlots(): SlotStore & { readonly holders: ReadonlyMap<string, string> } {
  const leases = new Map<string, number>();
  const holders = new Map<string, string>();
  return {
    holders,
    async take(pipeline, holder, now, until) {
      const present = holders.get(pipeline);
      if (present !== undefined && present !== holder && (leases.get(pipeline) ?? 0) >= now) return present;
      holders.set(pipeline, holder);
      leases.set(pipeline, until);
      return holder;
    },
    async release(pipeline, holder) {
      if (holders.get(pipeline) === holder) holders.delete(pipeline);
    },
  };
}

/** The log reader's promise, for lines that the test adds. */
export function memoryLogs(): LogReader & { readonly written: (LogEvent & { readonly by: string; readonly step?: string })[] } {
  const written: (LogEvent & { readonly by: string; readonly step?: string })[] = [];
  return {
    written,
    newest: async ({ kind, name, step }, from, to, limit) =>
      written
        .filter((line) => line.by === name && (kind === "trainingJob" || line.step === step) && line.at >= from && line.at < to)
        .slice(-limit)
        .map(({ at, text }) => ({ at, text })),
  };
}

/** Pipelines on fakes: an engine that remembers what it was asked, documents and slots in memory, a clock that the test moves. */
export function aPipelinesContext() {
  const state = { now: 1_800_000_000_000, nextId: 0 };
  const inputs = new Map<string, string>();
  const running = new Set<string>();
  const told = {
    answers: [] as [string, unknown][],
    announced: [] as string[],
    runs: [] as string[],
    abandoned: [] as string[],
    stopped: [] as string[],
    redriven: [] as string[],
  };
  const slots = memorySlots();
  const ctx = {
    executions: memoryDocuments<StoredExecution>({ id: ({ name }) => name, at: ({ startedAt }) => startedAt, groups: ({ pipeline }) => [pipeline] }),
    approvals: memoryDocuments<StoredApproval>({ id: ({ execution }) => execution, at: ({ requestedAt }) => requestedAt, groups: approvalGroups }),
    slots,
    engine: {
      async start(name: string, input: unknown) {
        if (inputs.has(name)) return running.has(name) && inputs.get(name) === JSON.stringify(input);
        inputs.set(name, JSON.stringify(input));
        running.add(name);
        return true;
      },
      steps: async (): Promise<readonly StepRecord[]> => [],
      definition: async () => undefined,
      redrive: async (name: string) => {
        if (running.has(name)) return true;
        if (!inputs.has(name)) return false;
        running.add(name);
        told.redriven.push(name);
        return true;
      },
      stop: async (name: string, reason: string) => {
        running.delete(name);
        told.stopped.push(`${name}: ${reason}`);
      },
    },
    logs: memoryLogs(),
    tokens: {
      succeed: async (token: string, answer: unknown) => {
        told.answers.push([token, answer]);
      },
    },
    endRun: async (runId: string, status: string) => void told.runs.push(`${runId} ${status}`),
    reopenRun: async (runId: string) => void told.runs.push(`${runId} RUNNING`),
    announce: async ({ name, status }: { readonly name: string; readonly status: string }) => void told.announced.push(`${name} ${status}`),
    abandonRollout: async (endpoint: string, rolloutId: string) => void told.abandoned.push(`${endpoint}/${rolloutId}`),
    openWorkplace: async (execution: string) => ({
      runId: `run-${execution}`,
      loggedModelId: "m-1",
      source: "models:/m-1",
      outputPrefix: "s3://artifacts/m-1",
    }),
    now: () => state.now,
    newId: () => `id${state.nextId++}`,
  };
  return { ctx, state, told, holders: slots.holders, running };
}

/** Kills the caller, as it were, at this method: it throws until what is returned is called. */
export function killedAt<O extends object>(object: O, method: keyof O): () => void {
  const kept = object[method];
  object[method] = (async () => {
    throw new Error("killed");
  }) as O[keyof O];
  return () => {
    object[method] = kept;
  };
}
