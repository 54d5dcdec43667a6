import type * as z from "zod";
import { type ValidateInput, ValidateOutput, type VersionInput, VersionOutput } from "#contracts/platform/dataset-tasks.ts";
import { type joinFeaturesInput, joinFeaturesOutput } from "#contracts/platform/feature-tasks.ts";
import type { ScriptWork } from "#contracts/platform/script-tasks.ts";
import { Evaluation, type evaluateModelInput, type trainModelInput, trainModelOutput } from "#contracts/platform/training.ts";
import type { DatasetStore } from "../data/datasets.ts";
import type { DefinitionStore, FeatureView } from "../features/definitions.ts";
import { requestedFeatures } from "../features/requested-features.ts";
import type { PureStep } from "./step-cache.ts";

type Output<S extends z.ZodType> = z.output<S>;

const reader =
  <S extends z.ZodType>(schema: S) =>
  (kept: unknown): Output<S> | undefined =>
    schema.safeParse(kept).data;

/** Depends on the rows, named by their hash, and on the contract: the dataset's own is looked up first, as it may change. */
export const validateStep = ({
  datasets,
}: {
  readonly datasets: Pick<DatasetStore, "find">;
}): PureStep<Output<typeof ValidateInput>, Output<typeof ValidateOutput>> => ({
  name: "validate-dataset",
  revision: 1,
  complete: async (input) => ({ ...input, contract: input.contract ?? (await datasets.find(input.dataset))?.contract ?? null }),
  identity: (input) => input,
  read: reader(ValidateOutput),
  objects: ({ reportUri }) => [reportUri],
});

export const versionStep: PureStep<Output<typeof VersionInput>, Output<typeof VersionOutput>> = {
  name: "version-dataset",
  revision: 1,
  identity: (input) => input,
  read: reader(VersionOutput),
  objects: ({ manifestUri, uri, trainUri, testUri }) => [manifestUri, uri, trainUri, testUri],
};

/** Depends on the definitions and on the history of every view as well, which grows with each push. */
export const joinStep = (ctx: {
  readonly definitions: Pick<DefinitionStore, "find">;
  /** What a view's history consists of: changes whenever a row does. */
  readonly history: (view: FeatureView) => Promise<unknown>;
}): PureStep<Output<typeof joinFeaturesInput>, Output<typeof joinFeaturesOutput>> => ({
  name: "join-features",
  revision: 1,
  identity: async (input) => {
    const requested = await requestedFeatures(ctx.definitions, input);
    const views = [...new Set(requested.map(({ view }) => view))];
    return { input, requested, histories: await Promise.all(views.map(ctx.history)) };
  },
  read: reader(joinFeaturesOutput),
  objects: ({ uri }) => [uri],
});

interface ModelCopies {
  readonly copyModel: (from: string, to: string) => Promise<void>;
}

/** Where a model goes does not change it: an earlier one is copied there. */
const modelResult = <I extends { readonly outputPrefix: string }>({
  copyModel,
}: ModelCopies): Pick<PureStep<I, Output<typeof trainModelOutput>>, "read" | "objects" | "adopt"> => ({
  read: reader(trainModelOutput),
  objects: ({ modelUri }) => ["model.onnx", "MLmodel", "capstan.json"].map((name) => `${modelUri}/${name}`),
  adopt: async (result, { outputPrefix }) => {
    const modelUri = outputPrefix.replace(/\/+$/, "");
    if (modelUri !== result.modelUri) await copyModel(result.modelUri, modelUri);
    return { ...result, modelUri };
  },
});

export const trainStep = (ctx: ModelCopies): PureStep<Output<typeof trainModelInput>, Output<typeof trainModelOutput>> => ({
  name: "train-model",
  revision: 1,
  identity: ({ outputPrefix: _place, ...rest }) => rest,
  ...modelResult(ctx),
});

/** Depends on what is in the code, not on where it lies; not on the machine, but on how many share the work. */
export const scriptStep = (ctx: ModelCopies): PureStep<ScriptWork, Output<typeof trainModelOutput>> => ({
  name: "train-script",
  revision: 1,
  identity: ({ codeSha256, image, trainUri, target, problem, ignoredColumns, dataHash, script }) => {
    const { entryPoint, hyperparameters, environment, metrics, instanceCount } = script;
    return { codeSha256, image, trainUri, target, problem, ignoredColumns, dataHash, entryPoint, hyperparameters, environment, metrics, instanceCount };
  },
  ...modelResult(ctx),
});

/** The digest says which model it is, wherever it lies. */
export const evaluateStep: PureStep<Output<typeof evaluateModelInput>, Output<typeof Evaluation>> = {
  name: "evaluate-model",
  revision: 1,
  identity: ({ modelUri: _place, ...rest }) => rest,
  read: reader(Evaluation),
  objects: ({ predictionsUri }) => [predictionsUri],
};
