import { createHash, randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ModelSignature } from "#contracts/platform/model-signature.ts";
import { conflict, doesNotExist } from "#core/errors.ts";
import { formatS3Uri, type ObjectAddress, type Objects, parseS3Uri } from "./objects.ts";

export const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** A model is named by its .onnx file or by the folder that holds `model.onnx`, as MLflow's onnx flavour writes it. */
export function modelFileAddress(modelUri: string): ObjectAddress {
  const address = parseS3Uri(modelUri);
  return address.key.endsWith(".onnx") ? address : { bucket: address.bucket, key: `${address.key.replace(/\/$/, "")}/model.onnx` };
}

/** Files kept on disk; beyond that the one unused for longest goes. */
const maxFiles = 16;

async function prune(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".onnx"));
  const ages = await Promise.all(names.map(async (name) => ({ name, usedAt: (await stat(join(folder, name))).mtimeMs })));
  const old = ages.toSorted((a, b) => b.usedAt - a.usedAt).slice(maxFiles);
  await Promise.all(old.map(({ name }) => rm(join(folder, name), { force: true })));
}

/** Keeps a copy for the next start. A disk that is full or read-only costs only that. */
async function keep(folder: string, digest: string, bytes: Uint8Array): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    const part = join(folder, `${digest}.${randomUUID()}`);
    await writeFile(part, bytes);
    await rename(part, join(folder, `${digest}.onnx`));
    await prune(folder);
  } catch {
    await rm(join(folder, `${digest}.onnx`), { force: true }).catch(() => {});
  }
}

async function kept(folder: string, digest: string): Promise<Uint8Array | undefined> {
  const file = join(folder, `${digest}.onnx`);
  try {
    const bytes = await readFile(file);
    if (sha256(bytes) !== digest) return undefined;
    const now = new Date();
    await utimes(file, now, now).catch(() => {});
    return bytes;
  } catch {
    return undefined;
  }
}

/**
 * The bytes of models, from a folder on disk by their SHA-256, else from the artifact bucket. Bytes of another digest are never
 * returned, wherever they came from.
 */
export const modelFiles = (objects: Objects, folder: string) => ({
  /** @throws DomainError when there is no such object, or when its bytes are not those that were registered */
  async read(modelUri: string, digest: string): Promise<Uint8Array> {
    const local = await kept(folder, digest);
    if (local) return local;
    const address = modelFileAddress(modelUri);
    const bytes = await objects.get(address);
    if (!bytes) throw doesNotExist(`object ${formatS3Uri(address)} not found`);
    const found = sha256(bytes);
    if (found !== digest) throw conflict(`model file ${formatS3Uri(address)} must have the SHA-256 ${digest}, got ${found}`);
    await keep(folder, digest, bytes);
    return bytes;
  },
});

/** What the files beside a model say of it. */
export interface DescribedModel {
  readonly digest: string;
  readonly signature?: ModelSignature;
}

/**
 * A model's SHA-256 and signature, from its files: `capstan.json` beside the model holds the signature where there is one.
 * @throws DomainError when there is no model file
 */
export async function describeModel(objects: Objects, modelUri: string, digest: string | undefined): Promise<DescribedModel> {
  const address = modelFileAddress(modelUri);
  const beside = { bucket: address.bucket, key: address.key.replace(/[^/]*$/, "capstan.json") };
  const [described, bytes] = await Promise.all([objects.get(beside), digest === undefined ? objects.get(address) : undefined]);
  const found = digest ?? (bytes && sha256(bytes));
  if (found === undefined) throw doesNotExist(`object ${formatS3Uri(address)} not found`);
  const signature = described && signatureOf(Buffer.from(described).toString("utf8"));
  return { digest: found, ...(signature && { signature }) };
}

/** The signature in a `capstan.json`, which is one or holds one as `signature`; undefined for anything else. */
export function signatureOf(text: string): ModelSignature | undefined {
  try {
    const document = JSON.parse(text) as { readonly signature?: unknown };
    return ModelSignature.parse(document.signature ?? document);
  } catch {
    return undefined;
  }
}
