import type { Recent } from "../recent.ts";
import type { Experiment, ExperimentStore } from "./experiment.ts";
import type { RecordIndex, RecordView } from "./record-index.ts";
import type { RecordStore } from "./record-store.ts";
import type { Ranking } from "./run-ranking.ts";
import { stateSegment } from "./state-segment.ts";
import type { TrackingContext } from "./tracking.ts";

/** What searches of runs stand on. */
export interface RunSearchContext {
  readonly experiments: ExperimentStore;
  readonly runs: RecordStore;
  readonly runIndex: RecordIndex;
  /** Orders of packed runs, kept for the next page and the next search. */
  readonly rankings: Recent<Ranking>;
}

/** All that tracking does, searches included. */
export type RunsContext = TrackingContext & RunSearchContext;

/** An experiment and its runs at one moment. */
export interface OpenedRuns {
  readonly experiment: Experiment;
  readonly view: RecordView;
}

async function openNamed({ runs }: RunSearchContext, experiment: Experiment, named: readonly string[]): Promise<OpenedRuns> {
  const ours = named.filter((runId) => runId.startsWith(Number(experiment.experimentId).toString(16).padStart(8, "0")));
  const found = await Promise.all(ours.map(async (runId) => [runId, await runs.find(runId)] as const));
  const states = new Map(found.flatMap(([runId, state]) => (state ? [[runId, state] as const] : [])));
  return { experiment, view: { packed: [], stamp: "", live: stateSegment(states), replaced: [] } };
}

async function open(ctx: RunSearchContext, experimentId: string, named: readonly string[] | undefined): Promise<OpenedRuns | undefined> {
  const finding = ctx.experiments.find(experimentId);
  if (named) {
    const known = await finding;
    return known && openNamed(ctx, known, named);
  }
  const shards = finding.then((known) => known?.shards ?? 0);
  const [experiment, view] = await Promise.all([finding, ctx.runIndex.open(experimentId, shards)]);
  return experiment && { experiment, view };
}

/** The ids that experiments may have, each once. */
export const possibleIds = (experimentIds: readonly string[]): readonly string[] => [...new Set(experimentIds)].filter((id) => /^\d{1,10}$/.test(id));

/** The experiments that are there, with their runs. @param named when only these runs are of interest */
export async function openRuns(ctx: RunSearchContext, experimentIds: readonly string[], named?: readonly string[]): Promise<readonly OpenedRuns[]> {
  const opened = await Promise.all(possibleIds(experimentIds).map((id) => open(ctx, id, named)));
  return opened.filter((one) => one !== undefined);
}
