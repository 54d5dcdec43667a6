import { execFile } from "node:child_process";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import { promisify } from "node:util";
import type { CreateTrainingJobRequest } from "#contracts/sagemaker/training-job.ts";
import { DomainError, invalid } from "#core/errors.ts";
import { inputConfigOf, type OptMl } from "#core/training/jobs/opt-ml.ts";
import { codeUriOf } from "#core/training/jobs/script-mode.ts";
import { type Objects, parseS3Uri } from "#stores/s3/objects.ts";

const tar = promisify(execFile);

/** A key's place below a folder, never outside it. */
function placeBelow(folder: string, path: string): string {
  const place = resolve(folder, path);
  if (!place.startsWith(folder + sep)) throw invalid(`object key must not lead out of its folder, got ${path}`);
  return place;
}

/** Everything under a prefix, or the one object of that name, as SageMaker's file mode lays it out. @returns how many files */
async function downloadPrefix(objects: Objects, uri: string, folder: string): Promise<number> {
  const { bucket, key: prefix } = parseS3Uri(uri.replace(/\/*$/, "").includes("/", 5) ? uri : `${uri}/`);
  const found = (await objects.list(bucket, prefix)).filter(({ key }) => !key.endsWith("/"));
  for (const { key } of found) {
    const place = placeBelow(folder, key === prefix ? (key.split("/").at(-1) ?? key) : key.slice(prefix.length).replace(/^\/+/, ""));
    await mkdir(dirname(place), { recursive: true });
    await objects.download({ bucket, key }, place);
  }
  return found.length;
}

/** Makes the folder tree of a job with its configuration, data, code and earlier checkpoints. @throws DomainError when an input is not there */
export async function prepareFolder(objects: Objects, request: CreateTrainingJobRequest, at: OptMl): Promise<void> {
  await Promise.all(
    [at.inputConfig, at.inputData, at.model, at.code, at.outputData, at.outputIntermediate, at.checkpoints].map((path) => mkdir(path, { recursive: true })),
  );
  for (const [name, document] of Object.entries(inputConfigOf(request))) await writeFile(join(at.inputConfig, `${name}.json`), JSON.stringify(document));
  for (const { ChannelName, DataSource } of request.InputDataConfig ?? []) {
    const folder = join(at.inputData, ChannelName);
    await mkdir(folder, { recursive: true });
    const { S3Uri } = DataSource.S3DataSource;
    if ((await downloadPrefix(objects, S3Uri, folder)) === 0)
      throw new DomainError("RESOURCE_DOES_NOT_EXIST", `channel ${ChannelName}: no object under ${S3Uri}`);
  }
  if (request.CheckpointConfig) await downloadPrefix(objects, request.CheckpointConfig.S3Uri, at.checkpoints);
  const codeUri = codeUriOf(request.HyperParameters ?? {});
  if (codeUri === undefined) return;
  const archive = join(at.base, "code.tar.gz");
  await objects.download(parseS3Uri(codeUri), archive);
  await tar("tar", ["-xzf", archive, "-C", at.code]);
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

async function uploadFiles(objects: Objects, folder: string, uri: string): Promise<void> {
  for (const file of await filesBelow(folder))
    await objects.upload(file, parseS3Uri(`${uri.replace(/\/+$/, "")}/${relative(folder, file).replaceAll(sep, "/")}`));
}

async function uploadArchive(objects: Objects, folder: string, archive: string, uri: string): Promise<void> {
  await tar("tar", ["-czf", archive, "-C", folder, "."]);
  await objects.upload(archive, parseS3Uri(uri), "application/gzip");
}

const outputUri = ({ OutputDataConfig, TrainingJobName }: CreateTrainingJobRequest) =>
  `${OutputDataConfig.S3OutputPath.replace(/\/+$/, "")}/${TrainingJobName}/output`;

export async function collectCheckpoints(objects: Objects, { CheckpointConfig }: CreateTrainingJobRequest, at: OptMl): Promise<void> {
  if (CheckpointConfig) await uploadFiles(objects, at.checkpoints, CheckpointConfig.S3Uri);
}

/** Brings outputs and checkpoints to where the request says. */
export async function collectOutputs(objects: Objects, request: CreateTrainingJobRequest, at: OptMl): Promise<void> {
  await collectCheckpoints(objects, request, at);
  if ((await filesBelow(at.outputData)).length === 0) return;
  const output = outputUri(request);
  if (request.OutputDataConfig.CompressionType === "NONE") await uploadFiles(objects, at.outputData, `${output}/data`);
  else await uploadArchive(objects, at.outputData, join(at.base, "output.tar.gz"), `${output}/output.tar.gz`);
}

/** Brings the model to where the request says. @returns its address */
export async function collectModel(objects: Objects, request: CreateTrainingJobRequest, at: OptMl): Promise<string> {
  const output = outputUri(request);
  if (request.OutputDataConfig.CompressionType === "NONE") {
    await uploadFiles(objects, at.model, `${output}/model`);
    return `${output}/model/`;
  }
  await uploadArchive(objects, at.model, join(at.base, "model.tar.gz"), `${output}/model.tar.gz`);
  return `${output}/model.tar.gz`;
}

/** What the script left in output/failure; empty where it left nothing. */
export const readFailure = (at: OptMl): Promise<string> => readFile(at.failure, "utf8").catch(() => "");

/** What was downloaded is in the object store; a copy per job would fill the disk. */
export async function removeInputs(at: OptMl): Promise<void> {
  const archives = ["code.tar.gz", "model.tar.gz", "output.tar.gz"].map((name) => join(at.base, name));
  await Promise.all([at.inputData, ...archives].map((path) => rm(path, { recursive: true, force: true })));
}
