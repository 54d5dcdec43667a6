import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { alreadyExists, conflict, doesNotExist } from "#core/errors.ts";
import { optMl } from "#core/training/jobs/opt-ml.ts";
import { hasEnded, inStatus, newTrainingJob, type SecondaryStatus, type TrainingJob } from "#core/training/jobs/training-job.ts";
import { checkedRequest } from "#gateways/sagemaker/training-job.ts";
import { logger } from "#runtime/logger.ts";
import { arnOf } from "../sagemaker/names.ts";
import type { JobRows } from "./job-rows.ts";
import { commandOf, type RunningJob, runJob, type Workplace } from "./run-job.ts";
import { readScriptLog } from "./script-log.ts";
import { endStaleScript } from "./stale-script.ts";

export interface LocalTrainingJobs {
  /** @throws DomainError when the request is outside the limits, or its name was used before */
  create(request: unknown): Promise<TrainingJob>;
  /** @throws DomainError when there is none */
  describe(name: string): Promise<TrainingJob>;
  /** Asks a running job to end; what it has written so far is kept. @throws DomainError when it runs no more */
  stop(name: string): Promise<void>;
  /** In order of the name. */
  list(): Promise<TrainingJob[]>;
  /** How many jobs have not ended. */
  running(): number;
  /** The job once it has ended. */
  ended(name: string): Promise<TrainingJob>;
  /** What a script has written so far on both streams; undefined where it wrote nothing, or there is no such job. */
  log(name: string): Promise<readonly { readonly at: number; readonly text: string }[] | undefined>;
  /** Deals with jobs that an earlier process left: those with retries left begin again, the others have failed. */
  resume(): Promise<void>;
  /** Ends all scripts. Jobs under way are left for `resume` of the next process. */
  close(): Promise<void>;
}

interface Entry {
  job: TrainingJob;
  readonly running: RunningJob;
  readonly done: Promise<void>;
}

const cutOff = "InternalServerError: the platform ended while the job ran";

/** How often a job has begun so far. */
const starts = ({ transitions }: TrainingJob) => transitions.filter(({ Status }) => Status === "Starting").length;

/** Training jobs as child processes, each in a folder of its own below `folder`. */
export function localTrainingJobs(folder: string, work: Workplace, rows: JobRows): LocalTrainingJobs {
  const entries = new Map<string, Entry>();
  const folderOf = (name: string) => join(folder, name);
  let closing = false;

  async function existing(name: string): Promise<TrainingJob> {
    const job = entries.get(name)?.job ?? (await rows.find(name));
    if (!job) throw doesNotExist(`training job ${name} not found`);
    return job;
  }

  /** Runs a job that is in its row as `Starting`. */
  async function start(job: TrainingJob): Promise<void> {
    const { TrainingJobName: name } = job.request;
    await mkdir(folderOf(name), { recursive: true });
    const moved = (status: SecondaryStatus) => {
      const entry = entries.get(name);
      if (entry) entry.job = inStatus(entry.job, status, work.now());
    };
    const running = runJob(work, job.request, job.arn, folderOf(name), (status) => queueMicrotask(() => moved(status)));
    async function finish(): Promise<void> {
      const ending = await running.ended;
      const entry = entries.get(name);
      if (!entry || ending === undefined) return;
      const { status, ...rest } = ending;
      entry.job = { ...inStatus(entry.job, status, work.now()), ...rest };
      await rows.update(entry.job);
      entries.delete(name);
    }
    entries.set(name, { job, running, done: finish().catch((error: unknown) => logger.error("a training job's end could not be recorded", { name, error })) });
  }

  async function takeUp(job: TrainingJob): Promise<void> {
    const { TrainingJobName: name, RetryStrategy } = job.request;
    endStaleScript(folderOf(name));
    const again = job.status === "InProgress" && starts(job) <= (RetryStrategy?.MaximumRetryAttempts ?? 0);
    const next = again
      ? inStatus(job, "Starting", work.now())
      : job.status === "Stopping"
        ? inStatus(job, "Stopped", work.now())
        : { ...inStatus(job, "Failed", work.now()), failureReason: cutOff };
    await rows.update(next);
    if (!again) return;
    // Checkpoints stay: from them the script goes on.
    const { input, model, code, output } = optMl(join(folderOf(name), "opt", "ml"));
    await Promise.all([input, model, code, output].map((path) => rm(path, { recursive: true, force: true })));
    await start(next);
  }

  return {
    async create(given) {
      const request = checkedRequest(given);
      const name = request.TrainingJobName;
      commandOf(request, optMl(), work.environments.python);
      const job = newTrainingJob(request, arnOf("training-job", name), work.now());
      if (!(await rows.insert(job))) throw alreadyExists(`training job ${name} exists already`);
      await start(job);
      return job;
    },
    describe: existing,
    async stop(name) {
      const job = await existing(name);
      const entry = entries.get(name);
      if (!entry || hasEnded(job)) throw conflict(`training job ${name} is in status ${job.status}`);
      entry.job = inStatus(entry.job, "Stopping", work.now());
      await rows.update(entry.job);
      entry.running.stop();
    },
    list: async () => (await rows.list()).map((job) => entries.get(job.request.TrainingJobName)?.job ?? job),
    running: () => entries.size,
    async ended(name) {
      await entries.get(name)?.done;
      return existing(name);
    },
    log: (name) => readScriptLog(join(folderOf(name), "log.txt")),
    async resume() {
      for (const job of await rows.list()) if (!hasEnded(job) && !entries.has(job.request.TrainingJobName) && !closing) await takeUp(job);
    },
    async close() {
      closing = true;
      const left = [...entries.values()];
      for (const { running } of left) running.abandon();
      await Promise.all(left.map(({ done }) => done));
    },
  };
}
