import { readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { S3ServiceException } from "@aws-sdk/client-s3";
import type { CreateTrainingJobRequest } from "#contracts/sagemaker/training-job.ts";
import { DomainError, invalid } from "#core/errors.ts";
import { inputConfigOf, type OptMl, optMl } from "#core/training/jobs/opt-ml.ts";
import { programCommand, programOf, scriptArguments, scriptEnvironment } from "#core/training/jobs/script-mode.ts";
import { failureReason, type MetricValue, metricsReader, type SecondaryStatus } from "#core/training/jobs/training-job.ts";
import type { Objects } from "#stores/s3/objects.ts";
import { collectCheckpoints, collectModel, collectOutputs, prepareFolder, readFailure, removeInputs } from "./job-folder.ts";
import type { ScriptEnvironments } from "./script-environment.ts";
import { type ScriptProcess, startScript } from "./script-process.ts";
import { rememberScript } from "./stale-script.ts";

export interface Workplace {
  readonly objects: Objects;
  /** Interpreters for .py programs. */
  readonly environments: ScriptEnvironments;
  /** The variables that every script starts with, such as PATH and the addresses of the platform; asked when one starts. */
  readonly environment: () => Readonly<Record<string, string | undefined>>;
  /** Between SIGTERM and SIGKILL. SageMaker gives 120. */
  readonly killAfterSeconds: number;
  readonly now: () => number;
}

/** How a job ended. */
export interface Ending {
  readonly status: SecondaryStatus;
  readonly failureReason?: string;
  readonly modelUri?: string;
  readonly metrics: readonly MetricValue[];
}
export interface RunningJob {
  /** undefined where the job was abandoned. */
  readonly ended: Promise<Ending | undefined>;
  stop(): void;
  /** Ends the script within seconds and keeps its checkpoints, for a run to come. */
  abandon(): void;
}

/** Between SIGTERM and SIGKILL of a script whose platform ends. */
const abandonSeconds = 3;
const defaultMaxRuntimeSeconds = 86_400;
/** Where files of the job are named in a request, on SageMaker. */
const cloudBase = optMl().base;

/** The command with its paths moved from /opt/ml to the job's folder: a program of the code folder, or the request's own entry point. */
export function commandOf({ AlgorithmSpecification, HyperParameters = {} }: CreateTrainingJobRequest, at: OptMl, python: string): readonly string[] {
  const { ContainerEntrypoint, ContainerArguments = [] } = AlgorithmSpecification;
  if (ContainerEntrypoint) {
    const [program = "", ...args] = [...ContainerEntrypoint, ...ContainerArguments].map((word) => word.replaceAll(cloudBase, at.base));
    return [/^python3?$/.test(program) ? python : program, ...args];
  }
  const program = programOf(HyperParameters);
  if (program === undefined)
    throw invalid("a job on this machine must have ContainerEntrypoint or the hyperparameters sagemaker_program and sagemaker_submit_directory");
  return [...programCommand(program, python), ...scriptArguments(HyperParameters)];
}

/** Where there is no /opt/ml of the job's own, a script that spells the path out looks in the wrong place: its log says so first. */
async function literalPathNote(at: OptMl, program: string | undefined): Promise<string | undefined> {
  const text = program === undefined ? "" : await readFile(join(at.code, program), "utf8").catch(() => "");
  return text.includes(cloudBase) ? `${program} names ${cloudBase}; on this machine the job's files are in ${at.base}: use the SM_* variables` : undefined;
}

const lastLines = 10;

/** Runs one job in its folder. `moved` is told of every status on the way. */
export function runJob(work: Workplace, request: CreateTrainingJobRequest, arn: string, folder: string, moved: (status: SecondaryStatus) => void): RunningJob {
  const at = optMl(join(folder, "opt", "ml"));
  const metrics = metricsReader(request.AlgorithmSpecification.MetricDefinitions ?? []);
  let script: ScriptProcess | undefined;
  let cut: "Stopped" | "MaxRuntimeExceeded" | undefined;
  let abandoned = false;
  const stopping = new AbortController();
  const end = (why: "Stopped" | "MaxRuntimeExceeded") => {
    cut ??= why;
    stopping.abort();
    script?.stop();
  };

  async function train(): Promise<Ending | undefined> {
    moved("Downloading");
    await prepareFolder(work.objects, request, at);
    if (abandoned) return undefined;
    if (cut) return { status: cut, metrics: [] };
    const said: string[] = [];
    const config = inputConfigOf(request);
    const environment = {
      ...work.environment(),
      ...scriptEnvironment(config, at, { cpus: availableParallelism(), gpus: 0 }),
      SAGEMAKER_BASE_DIR: at.base,
      TRAINING_JOB_NAME: request.TrainingJobName,
      TRAINING_JOB_ARN: arn,
      PYTHONUNBUFFERED: "1",
      ...request.Environment,
    };
    const install = { environment, logFile: join(folder, "log.txt"), stopped: stopping.signal };
    const python = await work.environments.pythonFor(at.code, install).catch((error: unknown) => {
      if (!stopping.signal.aborted) throw error;
      return "";
    });
    if (abandoned) return undefined;
    if (cut) return { status: cut, metrics: [] };
    const note = await literalPathNote(at, programOf(config.hyperparameters));
    if (note !== undefined) said.push(note);
    moved("Training");
    script = startScript({
      command: commandOf(request, at, python),
      folder: at.code,
      environment,
      logFile: join(folder, "log.txt"),
      killAfterSeconds: work.killAfterSeconds,
      line: (text) => {
        said.push(text);
        if (said.length > lastLines) said.shift();
        metrics.read(text, work.now());
      },
    });
    rememberScript(folder, script.pid);
    const timer = setTimeout(
      () => end("MaxRuntimeExceeded"),
      Math.min((request.StoppingCondition?.MaxRuntimeInSeconds ?? defaultMaxRuntimeSeconds) * 1000, 2 ** 31 - 1),
    );
    const { exitCode, trouble } = await script.ended;
    clearTimeout(timer);
    if (abandoned) {
      await collectCheckpoints(work.objects, request, at);
      return undefined;
    }
    moved("Uploading");
    await collectOutputs(work.objects, request, at);
    const found = metrics.latest();
    if (cut !== undefined || exitCode === 0) return { status: cut ?? "Completed", modelUri: await collectModel(work.objects, request, at), metrics: found };
    const reason = failureReason((await readFailure(at)) || trouble || said.join("\n"), exitCode);
    return { status: "Failed", metrics: found, failureReason: reason };
  }

  /** What the request names and is not there is the client's error; the rest is ours, and says so. */
  const failed = (error: unknown): Ending => {
    const theirs = error instanceof DomainError || (error instanceof S3ServiceException && error.$fault === "client");
    const kind = theirs ? "ClientError" : "InternalServerError";
    return { status: "Failed", failureReason: `${kind}: ${(error as Error).message}`.slice(0, 1024), metrics: metrics.latest() };
  };
  async function run(): Promise<Ending | undefined> {
    try {
      return await train();
    } catch (error) {
      return abandoned ? undefined : failed(error);
    } finally {
      await removeInputs(at);
    }
  }
  return {
    ended: run(),
    stop: () => end("Stopped"),
    abandon() {
      abandoned = true;
      stopping.abort();
      script?.stop(abandonSeconds);
    },
  };
}
