import type * as z from "zod";
import type { PrepareJobInput, PrepareJobOutput, ScriptWork } from "#contracts/platform/script-tasks.ts";
import { noImage } from "#contracts/platform/training-script.ts";
import { invalid } from "../../errors.ts";
import { scriptStep } from "../../pipelines/pure-steps.ts";
import { earlierResult, type StepCache } from "../../pipelines/step-cache.ts";
import type { TrainingContext } from "../train-model.ts";
import type { CodeFile } from "./tar.ts";

export interface ScriptContext extends Pick<TrainingContext, "copyModel"> {
  readonly code: {
    read(uri: string): Promise<readonly CodeFile[]>;
    keep(files: readonly CodeFile[]): Promise<{ readonly uri: string; readonly sha256: string }>;
  };
  readonly cache: StepCache;
}

type Input = z.output<typeof PrepareJobInput>;
type Output = z.output<typeof PrepareJobOutput>;

/** SageMaker's limit for the value of one variable. */
const longestVariable = 512;

/** Readable, and unique to the execution. The place adds its prefix and the number of the attempt. */
const jobName = (execution: string, hash: (text: string) => string) =>
  `${
    execution
      .replaceAll(/[^A-Za-z0-9]+/g, "-")
      .replace(/^-/, "")
      .slice(0, 20)
      .replace(/-$/, "") || "job"
  }-${hash(execution).slice(0, 8)}`;

/** What a script is told of its task besides its own settings. */
function environmentOf({ script, target, problem, ignoredColumns, runId }: Input): Record<string, string> {
  const ignored = JSON.stringify(ignoredColumns);
  if (Math.max(ignored.length, target.length) > longestVariable)
    throw invalid(`target and ignoredColumns must fit ${longestVariable} characters of JSON for a script, got ${Math.max(ignored.length, target.length)}`);
  return { ...script.environment, CAPSTAN_TARGET: target, CAPSTAN_PROBLEM: problem, CAPSTAN_IGNORED_COLUMNS: ignored, CAPSTAN_RUN_ID: runId };
}

/** Values as SageMaker's training toolkit reads them: JSON, each in a text. */
const hyperParametersOf = ({ script }: Input, codeUri: string): Record<string, string> => ({
  ...Object.fromEntries(Object.entries(script.hyperparameters).map(([name, value]) => [name, JSON.stringify(value)])),
  sagemaker_program: JSON.stringify(script.entryPoint),
  sagemaker_submit_directory: JSON.stringify(codeUri),
});

/**
 * Keeps the code as it is now and says what training job runs it, or finds the model that the same code made of the same data before.
 * @throws DomainError when the code lacks the entry point, or there is no image to run it in
 */
export async function prepareScript(ctx: ScriptContext, input: Input): Promise<Output> {
  const { script, image, trainUri, target, problem, ignoredColumns, outputPrefix, dataHash } = input;
  if (image === noImage) throw invalid("training.image must be given: the deployment has no trainingImage");
  const files = await ctx.code.read(script.code);
  if (!files.some(({ path }) => path === script.entryPoint)) {
    const found = files.map(({ path }) => path).toSorted();
    throw invalid(
      `training.entryPoint must be a file of the code, got ${script.entryPoint}, found ${found.slice(0, 20).join(", ").slice(0, 500) || "nothing"}`,
    );
  }
  const { uri: codeUri, sha256: codeSha256 } = await ctx.code.keep(files);
  const work: ScriptWork = { script, image, trainUri, target, problem, ignoredColumns, outputPrefix, dataHash, codeUri, codeSha256 };
  const earlier = input.cache ? await earlierResult(ctx.cache, scriptStep(ctx), work) : undefined;
  return {
    work,
    job: {
      name: jobName(input.execution, ctx.cache.hash),
      image,
      hyperParameters: hyperParametersOf(input, codeUri),
      environment: environmentOf(input),
      metricDefinitions: Object.entries(script.metrics).map(([Name, Regex]) => ({ Name, Regex })),
    },
    cached: earlier !== undefined,
    candidate: earlier ? { ...earlier, cached: true } : null,
  };
}
