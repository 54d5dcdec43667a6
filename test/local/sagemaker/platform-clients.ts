import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { S3Client } from "@aws-sdk/client-s3";
import { DescribeTrainingJobCommand, type DescribeTrainingJobResponse, SageMakerClient } from "@aws-sdk/client-sagemaker";
import { SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { expect } from "vitest";
import { type Objects, s3Objects } from "#stores/s3/objects.ts";
import type { TestPlatform } from "#test/support/platform.ts";

export interface PlatformClients {
  readonly sageMaker: SageMakerClient;
  readonly runtime: SageMakerRuntimeClient;
  readonly objects: Objects;
  destroy(): void;
}

/** AWS's own clients of a platform that is up. */
export function platformClients({ url, objectsUrl, credentials }: TestPlatform): PlatformClients {
  const common = { region: "us-east-1", credentials };
  const sageMaker = new SageMakerClient({ ...common, endpoint: url });
  const runtime = new SageMakerRuntimeClient({ ...common, endpoint: url });
  const s3 = new S3Client({ ...common, endpoint: objectsUrl, forcePathStyle: true });
  const destroy = () => {
    for (const client of [sageMaker, runtime, s3]) client.destroy();
  };
  return { sageMaker, runtime, objects: s3Objects(s3), destroy };
}

export const describeJob = (client: SageMakerClient, TrainingJobName: string) => client.send(new DescribeTrainingJobCommand({ TrainingJobName }));

/** The job once it has ended. */
export async function endOf(client: SageMakerClient, name: string): Promise<DescribeTrainingJobResponse> {
  let job = await describeJob(client, name);
  await expect
    .poll(
      async () => {
        job = await describeJob(client, name);
        return job.TrainingJobStatus;
      },
      { timeout: 30_000, interval: 50 },
    )
    .toMatch(/^(Completed|Failed|Stopped)$/);
  return job;
}

/** A .tar.gz of these files. */
export async function archiveOf(files: Readonly<Record<string, string | Uint8Array>>): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), "archive-"));
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  execFileSync("tar", ["-czf", "all.tar.gz", ...Object.keys(files)], { cwd: folder });
  const bytes = await readFile(join(folder, "all.tar.gz"));
  await rm(folder, { recursive: true });
  return bytes;
}
