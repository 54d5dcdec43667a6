import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { doesNotExist, invalid } from "#core/errors.ts";
import type { ResolvedModel } from "#core/serving/serving-context.ts";
import { describeModel, sha256 } from "#stores/s3/model-files.ts";
import { formatS3Uri, type Objects, parseS3Uri } from "#stores/s3/objects.ts";

const run = promisify(execFile);

/** Where a model's files are: a .tar.gz, a folder, or the ONNX file itself. */
export interface ModelData {
  readonly uri: string;
  readonly archive: boolean;
}
type Found = Pick<ResolvedModel, "modelUri" | "digest" | "signature">;

/** The ONNX file among others: `model.onnx`, or the only one. @throws DomainError when that leaves none, or several */
function onnxFile(paths: readonly string[], where: string): string {
  const files = paths.filter((path) => path.endsWith(".onnx"));
  const named = files.filter((path) => basename(path) === "model.onnx");
  const [file, another] = named.length > 0 ? named : files;
  if (file === undefined || another !== undefined)
    throw invalid(`model data ${where} must hold one .onnx file, or one that is named model.onnx, got ${files.slice(0, 5).join(", ") || "none"}`);
  return file;
}

/** Whether anything is there; what it holds shows when an endpoint needs it. */
export async function isThere(objects: Objects, { uri, archive }: ModelData): Promise<boolean> {
  if (archive || uri.endsWith(".onnx")) return (await objects.size(parseS3Uri(uri))) !== undefined;
  const { bucket, key } = parseS3Uri(uri);
  return (await objects.list(bucket, `${key.replace(/\/+$/, "")}/`)).length > 0;
}

/** Unpacks an archive into the bucket, under its own SHA-256: the inference server reads models from there. */
async function unpacked(objects: Objects, bucket: string, uri: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "capstan-model-"));
  try {
    const archive = join(folder, "model.tar.gz");
    await objects.download(parseS3Uri(uri), archive);
    const key = `sagemaker/models/${sha256(await readFile(archive))}`;
    await run("tar", ["-xzf", archive, "-C", folder]).catch((cause: Error) => {
      throw invalid(`model data ${uri} must be a .tar.gz archive: ${cause.message.slice(0, 300)}`);
    });
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    const model = onnxFile(files, uri);
    for (const [name, path] of [
      ["capstan.json", join(dirname(model), "capstan.json")],
      ["model.onnx", model],
    ] as const)
      if (files.includes(path)) await objects.putIfAbsent({ bucket, key: `${key}/${name}` }, await readFile(path));
    return formatS3Uri({ bucket, key: `${key}/model.onnx` });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function inFolder(objects: Objects, uri: string): Promise<string> {
  const { bucket, key } = parseS3Uri(uri);
  const prefix = `${key.replace(/\/+$/, "")}/`;
  const keys = (await objects.list(bucket, prefix)).map((object) => object.key);
  if (keys.length === 0) throw doesNotExist(`no object under ${uri}`);
  return formatS3Uri({ bucket, key: onnxFile(keys, uri) });
}

/** A model as the inference server needs it. @param bucket where archives are unpacked to @throws DomainError when the data are not there, or hold no model */
export async function modelAt(objects: Objects, bucket: string, { uri, archive }: ModelData): Promise<Found> {
  const modelUri = archive ? await unpacked(objects, bucket, uri) : uri.endsWith(".onnx") ? uri : await inFolder(objects, uri);
  return { modelUri, ...(await describeModel(objects, modelUri, undefined)) };
}
