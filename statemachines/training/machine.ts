import * as z from "zod";
import { executionName, TrainingRequest } from "#contracts/platform/training-request.ts";
import { defineMachine } from "../machine.ts";

/** From a source of data to a model version that answers, or to a reason why not. */
export const training = defineMachine({
  name: "training",
  summary: "Ingest, validate, version, join, train, evaluate, compare, register, approve, roll out.",
  definition: new URL("./definition.asl.json", import.meta.url),
  input: z.object({ execution: executionName, request: TrainingRequest }),
  tasks: {
    AdmitExecution: "admit-execution",
    IngestDataset: "ingest-dataset",
    ValidateDataset: "validate-dataset",
    VersionDataset: "version-dataset",
    JoinFeatures: "join-features",
    TrainModel: "train-model",
    EvaluateModel: "evaluate-model",
    FindChampion: "find-champion",
    CompareModels: "compare-models",
    RecordTraining: "record-training",
    RegisterModelVersion: "register-model-version",
    RequestApproval: "request-approval",
    StartRollout: "start-rollout",
    FinishExecution: "finish-execution",
  },
  machines: { Rollout: "rollout" },
});
