import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Endpoint } from "#contracts/platform/endpoint.ts";
import { doesNotExist } from "#core/errors.ts";
import type { EndpointSource } from "#core/serving/endpoint-source.ts";
import { sha256, signatureOf } from "#stores/s3/model-files.ts";
import type { ModelFiles } from "./model-cache.ts";

/** The endpoint that a container with one model answers for. */
export const folderEndpoint = "model";

/**
 * A model in a folder, `model.onnx` with its signature in `capstan.json`, as the one endpoint of a server: SageMaker unpacks a model's
 * archive into `/opt/ml/model` ("Use your own inference code with hosting services"). No table and no bucket is asked.
 */
export async function modelFolder(folder: string): Promise<{ readonly source: EndpointSource; readonly files: ModelFiles }> {
  const bytes = await readFile(join(folder, "model.onnx"));
  const text = await readFile(join(folder, "capstan.json"), "utf8").catch(() => "");
  const signature = signatureOf(text);
  const digest = sha256(bytes);
  const endpoint: Endpoint = {
    name: folderEndpoint,
    description: "",
    tags: {},
    variants: [
      { name: "main", modelName: basename(folder), modelVersion: "1", modelUri: `file://${folder}`, digest, weight: 1, ...(signature && { signature }) },
    ],
    assignment: { mode: "random" },
    captureRate: 0,
    batching: true,
    revision: 1,
    createdAt: 0,
    updatedAt: 0,
    updatedBy: "container",
  };
  return {
    source: { find: async (name) => (name === folderEndpoint ? endpoint : undefined) },
    files: {
      async read(_uri, wanted) {
        if (wanted !== digest) throw doesNotExist(`model ${wanted} is not in ${folder}`);
        return bytes;
      },
    },
  };
}
