import type * as z from "zod";
import type { AdoptModelInput, ScriptWork } from "#contracts/platform/script-tasks.ts";
import type { trainModelOutput } from "#contracts/platform/training.ts";
import { ScriptModelCard } from "#contracts/platform/training-script.ts";
import { invalid } from "../../errors.ts";
import { chooseFeatures, type SourceColumn } from "../column-choice.ts";
import { encodeTarget } from "../target.ts";
import type { TrainingContext } from "../train-model.ts";
import { type OnnxPorts, scriptFeatures, scriptSignature } from "./script-signature.ts";

export interface AdoptionContext extends Pick<TrainingContext, "withTable" | "hash" | "save"> {
  /** Names of the files under an address, from there on. */
  readonly list: (uri: string) => Promise<readonly string[]>;
  readonly read: (uri: string) => Promise<Uint8Array | undefined>;
  /** @throws DomainError when the bytes are no ONNX model that can be served */
  readonly inspect: (model: Uint8Array) => Promise<OnnxPorts>;
}

const inFolder = (folder: string, name: string) => `${folder.replace(/\/+$/, "")}/${name}`;

/** `model.onnx`, or the only ONNX file that there is. */
function modelFileOf(names: readonly string[]): string {
  const models = names.filter((name) => name.endsWith(".onnx"));
  const [only, ...others] = models.includes("model.onnx") ? ["model.onnx"] : models;
  if (only !== undefined && others.length === 0) return only;
  throw invalid(`the script's model folder must hold one ONNX model, best as model.onnx, found ${names.slice(0, 20).join(", ").slice(0, 500) || "no file"}`);
}

/** The file `capstan.json`; also a whole signature, as the platform writes it, says which columns there are. */
function cardOf(bytes: Uint8Array | undefined): ScriptModelCard {
  if (!bytes) return {};
  try {
    const document = JSON.parse(new TextDecoder().decode(bytes)) as { readonly signature?: unknown };
    return ScriptModelCard.parse(document.signature ?? document);
  } catch (error) {
    throw invalid(
      `capstan.json beside the model must be JSON with featureNames and labels at most, got ${(error as Error).message.replaceAll(/\s+/g, " ").slice(0, 300)}`,
    );
  }
}

const usable = (columns: readonly SourceColumn[], task: ScriptWork) => {
  const left = columns.filter(({ name }) => name !== task.target && !task.ignoredColumns.includes(name));
  return left.filter(({ kind }) => kind !== "other").map(({ name }) => name);
};

/**
 * Makes the model that a script left one of the platform's: ONNX in an MLflow model folder with its signature. Repeating it changes no byte.
 * @throws DomainError that names what was found, when the script left no such model or the data do not fit it
 */
export async function adoptModel(ctx: AdoptionContext, { work, job, modelDataUri, metrics }: AdoptModelInput): Promise<z.output<typeof trainModelOutput>> {
  const names = await ctx.list(modelDataUri);
  const bytes = (await ctx.read(inFolder(modelDataUri, modelFileOf(names)))) ?? new Uint8Array();
  const card = cardOf(names.includes("capstan.json") ? await ctx.read(inFolder(modelDataUri, "capstan.json")) : undefined);
  const ports = await ctx.inspect(bytes);
  const { signature, rows } = await ctx.withTable(work.trainUri, async ({ columns, read }) => {
    const { target, problem, ignoredColumns } = work;
    const task = { target, problem, columns: usable(columns, work) };
    chooseFeatures(columns, { target, ignoredColumns, features: scriptFeatures(ports, card, task) });
    const column = columns.find(({ name }) => name === target);
    if (!column || column.kind === "other") throw invalid(`target ${target} must hold numbers, truth values or text`);
    const data = await read([], column);
    const encoded = encodeTarget(problem, data.target);
    return { rows: data.table.rows, signature: scriptSignature(ports, card, task, encoded.kind === "classes" ? labelsOf(encoded.labels) : undefined) };
  });
  const digest = ctx.hash(bytes);
  const modelUri = work.outputPrefix.replace(/\/+$/, "");
  const reported = Object.fromEntries(metrics.map(({ MetricName, Value }) => [MetricName, Value]));
  const { entryPoint, hyperparameters } = work.script;
  const { codeUri, codeSha256, image, dataHash } = work;
  const training = { entryPoint, codeUri, codeSha256, hyperparameters, image, dataHash, rows };
  await ctx.save(modelUri, bytes, { digest, signature, metrics: reported, algorithm: "script", training });
  return { modelUri, digest, signature, metrics: reported, algorithm: "script", rows, job };
}

const labelsOf = (labels: readonly number[] | readonly string[]) => (labels.every((label) => typeof label === "number") ? [...labels] : labels.map(String));
