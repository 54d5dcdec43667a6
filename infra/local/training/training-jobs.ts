import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { CreateTrainingJobRequest } from "#contracts/sagemaker/training-job.ts";
import { conflict, doesNotExist } from "#core/errors.ts";
import { optMl } from "#core/training/jobs/opt-ml.ts";
import { hasEnded, inStatus, newTrainingJob, type SecondaryStatus, type TrainingJob, type TrainingJobs } from "#core/training/jobs/training-job.ts";
import { checkedRequest } from "#gateways/sagemaker/training-job.ts";
import { commandOf, type RunningJob, runJob, type Workplace } from "./run-job.ts";

export interface LocalTrainingJobs extends TrainingJobs {
  /** The job once it has ended. @throws DomainError when there is none */
  ended(name: string): Promise<TrainingJob>;
  /** Stops every job, and waits until they have ended. */
  close(): Promise<void>;
}

interface Entry {
  job: TrainingJob;
  readonly running: RunningJob;
  readonly done: Promise<void>;
}

/** Training jobs as child processes, each in a folder of its own with its state in job.json. */
export function localTrainingJobs(folder: string, work: Workplace, arnPrefix = "arn:aws:sagemaker:us-east-1:000000000000:training-job/"): LocalTrainingJobs {
  const entries = new Map<string, Entry>();
  const fileOf = (name: string) => join(folder, name, "job.json");

  /** A job of an earlier process, which ended with it. */
  async function earlier(name: string): Promise<TrainingJob | undefined> {
    const text = await readFile(fileOf(name), "utf8").catch(() => undefined);
    if (text === undefined) return undefined;
    const job = JSON.parse(text) as TrainingJob;
    return hasEnded(job) ? job : { ...inStatus(job, "Failed", work.now()), failureReason: "InternalServerError: the platform was stopped while the job ran" };
  }

  async function existing(name: string): Promise<TrainingJob> {
    const job = entries.get(name)?.job ?? (await earlier(name));
    if (!job) throw doesNotExist(`training job ${name} not found`);
    return job;
  }

  async function start(request: CreateTrainingJobRequest, arn: string): Promise<void> {
    const name = request.TrainingJobName;
    const moved = (status: SecondaryStatus) => {
      const entry = entries.get(name);
      if (entry) entry.job = inStatus(entry.job, status, work.now());
    };
    const running = runJob(work, request, arn, join(folder, name), (status) => queueMicrotask(() => moved(status)));
    async function finish(): Promise<void> {
      const { status, ...ending } = await running.ended;
      const entry = entries.get(name);
      if (!entry) return;
      entry.job = { ...inStatus(entry.job, status, work.now()), ...ending };
      await writeFile(fileOf(name), JSON.stringify(entry.job));
    }
    const job = newTrainingJob(request, arn, work.now());
    const entry: Entry = { job, running, done: finish() };
    entries.set(name, entry);
    await mkdir(join(folder, name), { recursive: true });
    await writeFile(fileOf(name), JSON.stringify(job));
  }

  return {
    async create(given) {
      const request = checkedRequest(given);
      const name = request.TrainingJobName;
      const arn = `${arnPrefix}${name}`;
      commandOf(request, optMl(), work.python);
      const old = await earlier(name);
      // Looked up last, and nothing is awaited before the new entry is there: of two calls at once one starts the job.
      const found = entries.get(name)?.job ?? old;
      if (!found) await start(request, arn);
      else if (!isDeepStrictEqual(found.request, request)) throw conflict(`training job ${name} exists with other settings`);
      return { arn };
    },
    describe: existing,
    async stop(name) {
      await existing(name);
      const entry = entries.get(name);
      if (!entry || hasEnded(entry.job)) return;
      entry.job = inStatus(entry.job, "Stopping", work.now());
      entry.running.stop();
    },
    async ended(name) {
      await existing(name);
      await entries.get(name)?.done;
      return existing(name);
    },
    async close() {
      for (const { running } of entries.values()) running.stop();
      await Promise.all([...entries.values()].map(({ done }) => done));
    },
  };
}
