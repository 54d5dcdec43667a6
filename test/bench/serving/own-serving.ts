import { setTimeout as sleep } from "node:timers/promises";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { endpointContract } from "#contracts/platform/endpoints.ts";
import { buckets } from "#infra/local/environment.ts";
import type { Lifecycle } from "#infra/local/lifecycle.ts";
import { startTestPlatform, type TestPlatform } from "#test/support/platform.ts";
import { variableOf } from "../processes.ts";
import { post } from "../tracking/subject.ts";
import { type BenchModel, inferBody, models, signatureOf } from "./models.ts";

/** The platform with the bench's models behind endpoints of their names. */
export interface OwnServing {
  readonly platform: TestPlatform;
  /** The inference server itself, as in a container: its address and process. */
  readonly url: string;
  readonly pid: number;
}

/** The inference process of a platform that has just started may still be on its way: until then the answer is 503. */
async function firstAnswer(url: string, body: string): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    const answer = await fetch(url, { method: "POST", body });
    if (answer.ok) return;
    if (answer.status !== 503 || attempt === 100) throw new Error(`${url}: ${await answer.text()}`);
    await sleep(100);
  }
}

async function deploy(platform: TestPlatform, s3: S3Client, model: BenchModel): Promise<void> {
  const folder = `bench/${model.name}`;
  const put = (name: string, Body: Buffer | string) => s3.send(new PutObjectCommand({ Bucket: buckets.artifacts, Key: `${folder}/${name}`, Body }));
  await put("model.onnx", model.onnx);
  await put("capstan.json", JSON.stringify(signatureOf(model)));
  await post(platform, "registered-models/create", { name: model.name });
  await post(platform, "model-versions/create", { name: model.name, source: `s3://${buckets.artifacts}/${folder}` });
  const path = endpointContract.routes.putEndpoint.path.replace("{name}", model.name);
  const body = JSON.stringify({ variants: [{ modelName: model.name, modelVersion: "1" }] });
  const made = await fetch(`${platform.url}${path}`, { method: "PUT", headers: { "content-type": "application/json" }, body });
  if (!made.ok) throw new Error(`endpoint ${model.name}: ${await made.text()}`);
  await firstAnswer(`${platform.url}/v2/models/${model.name}/infer`, inferBody(model));
}

/** Starts the platform and deploys the models as a user would: files to the bucket, versions to the registry, endpoints. */
export async function startOwnServing(parts: Lifecycle): Promise<OwnServing> {
  const platform = await startTestPlatform();
  parts.defer("platform", () => platform.stop());
  const { objectsUrl: endpoint, credentials, pid } = platform;
  const s3 = new S3Client({ endpoint, credentials, region: "us-east-1", forcePathStyle: true });
  for (const model of Object.values(models)) await deploy(platform, s3, model);
  s3.destroy();
  const server = variableOf(pid, "child.ts inference", "PORT");
  if (!server) throw new Error("the platform has no inference process");
  return { platform, url: `http://127.0.0.1:${server.value}`, pid: server.pid };
}
