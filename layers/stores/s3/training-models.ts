import { ModelCard } from "#contracts/platform/training.ts";
import { doesNotExist, invalid } from "#core/errors.ts";
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
const inFolder = (folder: string, name: string) => parseS3Uri(`${folder.replace(/\/+$/, "")}/${name}`);

async function findCard(objects: Objects, folder: string): Promise<ModelCard | undefined> {
  const bytes = await objects.get(inFolder(folder, cardName));
  if (!bytes) return undefined;
  const parsed = ModelCard.safeParse(JSON.parse(Buffer.from(bytes).toString("utf8")));
  if (!parsed.success) throw invalid(`model folder ${folder} must hold a ${cardName} that the platform wrote`);
  return parsed.data;
}

export const trainedModels = (objects: Objects, now: () => number) => ({
  /** Leaves a folder that holds the same model as it is, so that a repeated call changes no byte. */
  async save(folder: string, model: Uint8Array, card: ModelCard): Promise<void> {
    const text = `${JSON.stringify(card, null, 2)}\n`;
    const found = await objects.get(inFolder(folder, cardName));
    if (found && Buffer.from(found).toString("utf8") === text) return;
    const files = mlflowFiles({ digest: card.digest, bytes: model.byteLength, signature: card.signature, createdAt: now() });
    await objects.put(inFolder(folder, "model.onnx"), model, "application/octet-stream");
    await Promise.all(Object.entries(files).map(([name, content]) => objects.put(inFolder(folder, name), content, "text/plain; charset=utf-8")));
    await objects.put(inFolder(folder, cardName), text, "application/json");
  },

  /** @throws DomainError when the folder has none */
  async card(folder: string): Promise<ModelCard> {
    const card = await findCard(objects, folder);
    if (!card) throw doesNotExist(`model folder ${folder} must hold ${cardName}, found none`);
    return card;
  },
});
