import type { Int64 } from "#contracts/int64.ts";
import { invalid } from "../errors.ts";
import type { DatasetUse } from "./experiment.ts";
import { getExperiment } from "./experiments.ts";
import type { RecordState } from "./record.ts";
import { checkWritten, experimentOfRun } from "./run.ts";
import type { TrackingContext } from "./tracking.ts";

/** A dataset as the client describes it, identified by name and digest. */
export interface Dataset {
  readonly name: string;
  readonly digest: string;
  readonly sourceType: string;
  readonly source: string;
  readonly schema?: string;
  readonly profile?: string;
}
export interface DatasetInput {
  readonly dataset: Dataset;
  readonly tags: readonly { readonly key: string; readonly value: string }[];
}
export interface ModelOutput {
  readonly modelId: string;
  readonly step: Int64;
}

/** What a run read and made. */
export interface Links {
  readonly datasets: readonly DatasetInput[];
  readonly inputModels: readonly string[];
  readonly outputModels: readonly ModelOutput[];
}

const contextTag = "mlflow.data.context";
const kinds = { dataset: "dataset/", input: "model-in/", output: "model-out/" } as const;
const datasetEntry = (input: DatasetInput) => [`${kinds.dataset}${input.dataset.digest}/${input.dataset.name}`, JSON.stringify(input)] as const;
const outputEntry = ({ modelId, step }: ModelOutput) => [`${kinds.output}${modelId}/${step}`, ""] as const;
const integer = (digits: string): Int64 => (Number.isSafeInteger(Number(digits)) ? Number(digits) : BigInt(digits));

/** The links that a kept record holds. */
export function linksOf({ links }: Pick<RecordState, "links">): Links {
  const entries = [...links].sort(([a], [b]) => (a < b ? -1 : 1));
  const under = (prefix: string) => entries.filter(([key]) => key.startsWith(prefix)).map(([key, value]) => [key.slice(prefix.length), value] as const);
  return {
    datasets: under(kinds.dataset).map(([, text]) => JSON.parse(text) as DatasetInput),
    inputModels: under(kinds.input).map(([modelId]) => modelId),
    outputModels: under(kinds.output)
      .map(([key]) => {
        const [modelId = "", step = "0"] = key.split("/");
        return { modelId, step: integer(step) };
      })
      .sort((a, b) => (a.step < b.step ? -1 : 1)),
  };
}

/** What a dataset was used for, as its tags say. */
export const contextOf = ({ tags }: DatasetInput) => tags.find(({ key }) => key === contextTag)?.value;

/** Records what a run read. A dataset that the run has already stays as it is. @throws DomainError unless the run is active */
export async function logInputs(ctx: TrackingContext, runId: string, datasets: readonly DatasetInput[], modelIds: readonly string[]): Promise<void> {
  const experiment = await experimentOfRun(ctx, runId);
  const links = new Map([...datasets.map(datasetEntry), ...modelIds.map((modelId) => [`${kinds.input}${modelId}`, ""] as const)]);
  checkWritten(runId, await ctx.runs.change(runId, { links }, experiment));
  const uses = datasets.map((input): DatasetUse => {
    const context = contextOf(input);
    return { name: input.dataset.name, digest: input.dataset.digest, ...(context !== undefined && { context }) };
  });
  await ctx.experiments.rememberDatasets(experiment.experimentId, uses);
}

/** Records what a run made. @throws DomainError unless the run is active */
export async function logOutputs(ctx: TrackingContext, runId: string, models: readonly ModelOutput[]): Promise<void> {
  checkWritten(runId, await ctx.runs.change(runId, { links: new Map(models.map(outputEntry)) }, await experimentOfRun(ctx, runId)));
}

export interface DatasetSummary extends DatasetUse {
  readonly experimentId: string;
}

/** The datasets that runs of experiments read, at most 1,000. */
export async function searchDatasets(ctx: TrackingContext, experimentIds: readonly string[]): Promise<readonly DatasetSummary[]> {
  if (experimentIds.length === 0 || experimentIds.length > 20) throw invalid(`experiment_ids must be 1 to 20 ids, got ${experimentIds.length}`);
  const lists = experimentIds.map(async (id) => {
    const { experimentId } = await getExperiment(ctx, id);
    return (await ctx.experiments.listDatasets(experimentId)).map((use) => ({ experimentId, ...use }));
  });
  return (await Promise.all(lists)).flat().slice(0, 1000);
}
