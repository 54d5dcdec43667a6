import type { AdoptionContext } from "#core/training/jobs/adopt-model.ts";
import type { OnnxPorts } from "#core/training/jobs/script-signature.ts";
import type { TrainingContext } from "#core/training/train-model.ts";
import { s3 } from "./clients.ts";
import { type Objects, parseS3Uri, s3Objects } from "./s3/objects.ts";
import { trainingContext } from "./training-context.ts";

/** @param load makes a model of its bytes */
export const adoptionContext = (
  load: (bytes: Uint8Array) => Promise<OnnxPorts & { release(): Promise<void> }>,
  objects: Objects = s3Objects(s3()),
): AdoptionContext & Pick<TrainingContext, "copyModel"> => ({
  ...trainingContext(objects),
  async list(uri) {
    const { bucket, key } = parseS3Uri(`${uri.replace(/\/+$/, "")}/`);
    return (await objects.list(bucket, key)).map((found) => found.key.slice(key.length)).filter((name) => name !== "" && !name.endsWith("/"));
  },
  read: (uri) => objects.get(parseS3Uri(uri)),
  async inspect(bytes) {
    const model = await load(bytes);
    await model.release();
    return { inputs: model.inputs, outputs: model.outputs };
  },
});
