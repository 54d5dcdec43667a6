import { mlflow } from "../address.ts";
import type { Run, RunReply, RunsReply } from "../experiments/wire.ts";

/** How the platform is asked: a document by its path, and a search. */
export interface Asking {
  readonly run: (path: string) => Promise<RunReply>;
  readonly search: (body: object) => Promise<RunsReply>;
  /** Whether a failure says that there is no such run. */
  readonly isMissing: (error: unknown) => boolean;
}
export interface ReadRuns {
  /** In the order that they were asked for. */
  readonly runs: readonly Run[];
  readonly missing: readonly string[];
}

/** Runs by their ids with two requests for each experiment that they are of, however many they are. */
export async function readRuns(ids: readonly string[], { run, search, isMissing }: Asking): Promise<ReadRuns> {
  const found = new Map<string, Run>();
  const missing: string[] = [];
  let left = [...new Set(ids)];
  while (left.length > 0) {
    const [first = "", ...others] = left;
    try {
      const reply = await run(mlflow("runs/get", { run_id: first }));
      found.set(first, reply.run);
      for (const one of await ofExperiment(reply.run.info.experiment_id, others, search)) found.set(one.info.run_id, one);
    } catch (error) {
      if (!isMissing(error)) throw error;
      missing.push(first);
    }
    left = others.filter((id) => !found.has(id));
  }
  return { runs: ids.flatMap((id) => found.get(id) ?? []), missing };
}

async function ofExperiment(experimentId: string, ids: readonly string[], search: Asking["search"]): Promise<readonly Run[]> {
  const plain = ids.filter((id) => /^\w+$/.test(id));
  if (plain.length === 0) return [];
  const filter = `attributes.run_id IN (${plain.map((id) => `'${id}'`).join(",")})`;
  const reply = await search({ experiment_ids: [experimentId], filter, run_view_type: "ALL", max_results: plain.length });
  return reply.runs ?? [];
}
