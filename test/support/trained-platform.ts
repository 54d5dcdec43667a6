import { pipelineContract } from "#contracts/platform/pipelines.ts";
import { type Client, client, until } from "../../scripts/demo/client.ts";
import { readSamples } from "../../scripts/demo/data.ts";
import { pushFeatures, uploadData } from "../../scripts/demo/data-steps.ts";
import { ended, start, trainingRequest } from "../../scripts/demo/training-steps.ts";
import { startTestPlatform, type TestPlatform } from "./platform.ts";

export interface TrainedPlatform {
  readonly platform: TestPlatform;
  readonly api: Client;
  /** Starts an execution that registers another version and then waits for somebody's word; ends once it waits. */
  startWaiting(name: string, seed: number): Promise<void>;
}

/** A platform on which the execution `first` has put version 1 of the demo's model behind the demo's endpoint. */
export async function startTrainedPlatform(): Promise<TrainedPlatform> {
  const platform = await startTestPlatform();
  const api = client(platform.url);
  const { columns, samples } = readSamples();
  await pushFeatures(api, columns, samples);
  const sourceUri = await uploadData(api, columns, samples, "all.csv");
  await start(api, "first", trainingRequest(columns, sourceUri, { training: { algorithm: "linear", seed: 1 } }));
  await ended(api, "first", 60, ["succeeded"]);
  return {
    platform,
    api,
    async startWaiting(name, seed) {
      const request = trainingRequest(columns, sourceUri, {
        pipeline: name,
        training: { algorithm: "linear", seed, options: { penalty: 3 } },
        comparison: { minimumImprovement: -1 },
        approval: { mode: "manual", timeoutSeconds: 600 },
        rollout: { steps: [0.1], bakeSeconds: 600, evaluateEverySeconds: 60 },
      });
      await start(api, name, request);
      await until(`the approval request of ${name}`, 60, async () =>
        (await api.call(pipelineContract, "listApprovals", { status: "pending" })).approvals.find(({ execution }) => execution === name),
      );
    },
  };
}
