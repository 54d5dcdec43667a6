import { createHash } from "node:crypto";
import { experimentsContract } from "#contracts/mlflow/experiments.ts";
import { modelVersionsContract } from "#contracts/mlflow/model-versions.ts";
import { runsContract } from "#contracts/mlflow/runs.ts";
import { endpointContract } from "#contracts/platform/endpoints.ts";
import { onnxBytes } from "#core/training/onnx/graph.ts";
import { type Client, verify } from "./client.ts";
import { names } from "./names.ts";
import { putFile } from "./put-file.ts";
import { endpoint } from "./serving-steps.ts";

/** A model that takes what the champion takes and answers NaN: what a division by a standard deviation of zero leaves behind. */
function brokenModel(features: number, classes: number): Uint8Array {
  const weights = new Float32Array(features * classes).fill(Number.NaN);
  return onnxBytes(
    {
      inputs: [{ name: "input", type: "float", shape: [features] }],
      outputs: [
        { name: "label", type: "int64", shape: [] },
        { name: "probabilities", type: "float", shape: [classes] },
      ],
      constants: [{ name: "weights", shape: [features, classes], values: weights }],
      operations: [
        { operator: "MatMul", inputs: ["input", "weights"], outputs: ["scores"] },
        { operator: "Softmax", inputs: ["scores"], outputs: ["probabilities"] },
        { operator: "ArgMax", inputs: ["probabilities"], outputs: ["label"], attributes: { axis: 1, keepdims: 0 } },
      ],
    },
    { producer: "the demo's deliberately bad version" },
  );
}

/** Registers the broken model as MLflow's clients do: a run, its artifacts, a version. @returns the version */
export async function registerBadVersion(api: Client): Promise<string> {
  const champion = (await endpoint(api)).variants.find(({ weight }) => weight === 1);
  const signature = champion?.signature;
  verify(signature !== undefined, "the endpoint knows its champion's signature");
  const bytes = brokenModel(signature.inputs[0]?.columns?.length ?? 0, signature.labels?.length ?? 0);
  const digest = createHash("sha256").update(bytes).digest("hex");

  const { experiment } = await api.call(experimentsContract, "getExperimentByName", { experiment_name: names.experiment });
  const { run } = await api.call(runsContract, "createRun", { experiment_id: experiment.experiment_id, run_name: "deliberately-bad", start_time: Date.now() });
  const folder = `${run.info.artifact_uri}/model`;
  await putFile(api, folder, "model.onnx", bytes);
  await putFile(api, folder, "capstan.json", JSON.stringify({ digest, signature }));
  await api.call(runsContract, "updateRun", { run_id: run.info.run_id, status: "FINISHED", end_time: Date.now() });
  const { model_version } = await api.call(modelVersionsContract, "createModelVersion", {
    name: names.model,
    source: folder,
    run_id: run.info.run_id,
    tags: [{ key: "capstan.digest", value: digest }],
    description: "answers NaN, on purpose",
  });
  return model_version.version;
}

/** Canaries a version by hand. */
export async function canary(api: Client, modelVersion: string): Promise<string> {
  const { rollout } = await api.call(endpointContract, "startRollout", {
    name: names.endpoint,
    modelName: names.model,
    modelVersion,
    reason: "the demo's bad version",
    plan: { steps: [0.1], bakeSeconds: 20, evaluateEverySeconds: 1, guardrails: { minimumRequests: 30 } },
  });
  return rollout.rolloutId;
}
