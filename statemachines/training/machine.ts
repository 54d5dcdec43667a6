import { TrainingInput } from "#contracts/platform/training-request.ts";
import { defineMachine } from "../machine.ts";

/** From a source of data to a model version that answers, or to a reason why not. */
export const training = defineMachine({
  name: "training",
  summary: "Ingest, validate, version, join, train, evaluate, compare, register, approve, roll out.",
  definition: new URL("./definition.asl.json", import.meta.url),
  input: TrainingInput,
  tasks: {
    AdmitExecution: "admit-execution",
    IngestDataset: "ingest-dataset",
    ValidateDataset: "validate-dataset",
    VersionDataset: "version-dataset",
    JoinFeatures: "join-features",
    TrainModel: "train-model",
    PrepareTrainingJob: "prepare-training-job",
    AdoptModel: "adopt-model",
    EvaluateModel: "evaluate-model",
    FindChampion: "find-champion",
    CompareModels: "compare-models",
    RecordTraining: "record-training",
    RegisterModelVersion: "register-model-version",
    RequestApproval: "request-approval",
    SettleApproval: "settle-approval",
    StartRollout: "start-rollout",
    RollBackRollout: "roll-back-rollout",
    FinishExecution: "finish-execution",
  },
  machines: { Rollout: "rollout" },
  settings: ["TrainingRoleArn", "TrainingImage", "TrainingLogs", "ArtifactsBucket", "NamePrefix"],
});
