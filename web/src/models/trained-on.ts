import type { Run } from "../experiments/wire.ts";

/** Data that a run read. */
export interface ReadData {
  readonly name: string;
  readonly digest: string;
  /** What for, as the client said: `training`, `eval`. */
  readonly context: string | undefined;
}

/** The dataset versions that a run says it read. */
export const dataOf = ({ inputs }: Pick<Run, "inputs">): readonly ReadData[] =>
  (inputs.dataset_inputs ?? []).map(({ dataset, tags }) => ({
    name: dataset.name,
    digest: dataset.digest,
    context: tags?.find(({ key }) => key === "mlflow.data.context")?.value,
  }));
