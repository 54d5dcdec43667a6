import * as z from "zod";
import { cacheableInput, cacheableOutput } from "./step-cache.ts";
import { problem, trainModelOutput } from "./training.ts";
import { TrainingJobPlace, TrainingScript } from "./training-script.ts";

/** What a script is to learn from, and where its model goes. */
const ScriptTask = z.object({
  script: TrainingScript,
  image: z.string().min(1).describe("Of the request, else of the deployment; `none` where there is neither, `local` on a laptop."),
  trainUri: z.string().min(1),
  target: z.string().min(1),
  problem,
  ignoredColumns: z.array(z.string()),
  outputPrefix: z.string().min(1).describe("Folder for the files of the model."),
  dataHash: z.string().min(1),
});

export const ScriptWork = ScriptTask.extend({
  codeUri: z.string().describe("The code as it will run: a .tar.gz named by its content."),
  codeSha256: z.string().describe("Of the files' names and contents, however they were brought."),
});
export type ScriptWork = z.output<typeof ScriptWork>;

export const PrepareJobInput = cacheableInput(
  ScriptTask.extend({ execution: z.string().min(1), runId: z.string().min(1).describe("The run that the script may log to.") }),
);

/** The parts of SageMaker's CreateTrainingJob that follow from the request. */
const Job = z.object({
  name: z.string().describe("Part of the job's name, unique to the execution."),
  image: z.string(),
  hyperParameters: z.record(z.string(), z.string()),
  environment: z.record(z.string(), z.string()),
  metricDefinitions: z.array(z.object({ Name: z.string(), Regex: z.string() })),
});

export const PrepareJobOutput = z.object({
  cached: z.boolean().describe("There is a candidate already, and no job is needed."),
  work: ScriptWork,
  job: Job,
  candidate: cacheableOutput(trainModelOutput).nullable().describe("The model of an earlier execution with the same script, settings and data."),
});

export const AdoptModelInput = z.object({
  work: ScriptWork,
  job: TrainingJobPlace,
  modelDataUri: z.string().describe("Where the job left its model folder."),
  metrics: z.array(z.object({ MetricName: z.string(), Value: z.number() })).default([]),
});
export type AdoptModelInput = z.output<typeof AdoptModelInput>;
