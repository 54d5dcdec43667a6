import { readFileSync } from "node:fs";
import { join } from "node:path";
import { S3Client } from "@aws-sdk/client-s3";
import type * as z from "zod";
import type { DataContract } from "#contracts/platform/data-contract.ts";
import { datasetsContract } from "#contracts/platform/datasets.ts";
import { pipelineContract } from "#contracts/platform/pipelines.ts";
import type { TrainingRequest } from "#contracts/platform/training-request.ts";
import { type PlatformOptions, startTestPlatform } from "#test/support/platform.ts";
import { client, until } from "../../../scripts/demo/client.ts";

type Asked = z.input<typeof TrainingRequest>;

const csv = readFileSync(join(import.meta.dirname, "../../../examples/data/wine/data.csv"), "utf8");
const contract: z.input<typeof DataContract> = { columns: [{ name: "alcohol", type: "number", nullable: false, min: 5, max: 20 }], extraColumns: "allow" };

/** A platform of its own with wine's data, and what its users do with the training pipeline. */
export async function aWinery(options: PlatformOptions = {}) {
  const platform = await startTestPlatform(options);
  const api = () => client(platform.url);
  const upload = async (fileName: string, text: string) => (await api().call(datasetsContract, "putContent", { dataset: "wine", fileName }, text)).sourceUri;
  await api().call(datasetsContract, "putDataset", { dataset: "wine", description: "178 wines of three growers", contract });
  const sourceUri = await upload("wine.csv", csv);

  const requestOf = (rest: Partial<Asked> = {}): Asked => ({
    pipeline: "wine",
    dataset: { name: "wine", sourceUri, split: { testShare: 0.3 } },
    target: "target",
    problem: "classification",
    training: { algorithm: "linear" },
    experiment: "wine",
    registeredModel: "wine",
    endpoint: "wine",
    ...rest,
  });
  const read = (name: string) => api().call(pipelineContract, "getExecution", { name });
  return {
    platform,
    csv,
    upload,
    requestOf,
    read,
    /** The platform's object store under its own credentials. */
    s3: () => new S3Client({ endpoint: platform.objectsUrl, region: "us-east-1", forcePathStyle: true, credentials: platform.credentials }),
    call: ((...args: Parameters<ReturnType<typeof client>["call"]>) => api().call(...args)) as ReturnType<typeof client>["call"],
    start: async (name: string, rest: Partial<Asked> = {}) =>
      (await api().call(pipelineContract, "startExecution", { name, request: requestOf(rest) })).execution,
    /** Waits until a step of an execution reads so; looks often, as some steps are over in a tenth of a second. */
    step: (name: string, step: string, status: string) =>
      until(`${step} of ${name} ${status}`, 60, async () => (await read(name)).steps.find((one) => one.name === step && one.status === status), 15),
    /** Waits for the end of an execution, and of its last step, which is what ends it. */
    ended: (name: string) =>
      until(`the end of ${name}`, 60, async () => {
        const found = await read(name);
        const goesOn = found.execution.status === "running" || found.steps.some(({ status }) => status === "running");
        return goesOn ? undefined : found;
      }),
  };
}
export type Winery = Awaited<ReturnType<typeof aWinery>>;
