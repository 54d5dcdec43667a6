import type { ModelCard } from "#contracts/platform/training.ts";
import { mlflowFiles } from "#core/training/mlflow-files.ts";
import { type Objects, parseS3Uri } from "./objects.ts";

/*
 * A trained model's folder in the bucket `artifacts`, an MLflow model:
 *
 * | key                                                        | holds                                         |
 * |------------------------------------------------------------|-----------------------------------------------|
 * | <folder>/model.onnx                                        | the model                                     |
 * | <folder>/MLmodel, conda.yaml, python_env.yaml, requirements.txt | what MLflow needs to load it             |
 * | <folder>/capstan.json                                      | ModelCard; written last: with it all is there |
 */
const cardName = "capstan.json";
const folderOf = (uri: string) => parseS3Uri(`${uri.replace(/\/+$/, "")}/`);
const inFolder = (folder: string, name: string) => parseS3Uri(`${folder.replace(/\/+$/, "")}/${name}`);

/** Writes models' folders. One that holds the same model already is left as it is, so that a repeated call changes no byte. */
export const saveModel =
  (objects: Objects, now: () => number) =>
  async (folder: string, model: Uint8Array, card: ModelCard): Promise<void> => {
    const text = `${JSON.stringify(card, null, 2)}\n`;
    const found = await objects.get(inFolder(folder, cardName));
    if (found && Buffer.from(found).toString("utf8") === text) return;
    const files = mlflowFiles({ digest: card.digest, bytes: model.byteLength, signature: card.signature, createdAt: now() });
    await objects.put(inFolder(folder, "model.onnx"), model, "application/octet-stream");
    await Promise.all(Object.entries(files).map(([name, content]) => objects.put(inFolder(folder, name), content, "text/plain; charset=utf-8")));
    await objects.put(inFolder(folder, cardName), text, "application/json");
  };

/** Copies a model's folder, the card last, without the bytes coming here. */
export const copyModel =
  (objects: Objects) =>
  async (from: string, to: string): Promise<void> => {
    const { bucket, key: prefix } = folderOf(from);
    const target = folderOf(to);
    const names = (await objects.list(bucket, prefix)).map(({ key }) => key.slice(prefix.length));
    const copy = (name: string) => objects.copy({ bucket, key: prefix + name }, { bucket: target.bucket, key: target.key + name });
    await Promise.all(names.filter((name) => name !== cardName).map(copy));
    await copy(cardName);
  };
