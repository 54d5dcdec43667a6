import * as z from "zod";

const hyperparameterName = z.string().regex(/^[A-Za-z0-9_.-]{1,256}$/, "must be 1 to 256 letters, digits or any of _ . -");
/** What {@link TrainingScript} leaves to the place: an account without `trainingImage` has none, a laptop runs the script itself. */
export const noImage = "none";
export const noContainer = "local";

const atMost = <T extends z.ZodRecord>(record: T, most: number) =>
  record.refine((entries) => Object.keys(entries).length <= most, `must have at most ${most} entries`);

/** Bounds are those of SageMaker's CreateTrainingJob, less what the platform itself adds. */
export const TrainingScript = z
  .object({
    trainer: z.literal("script"),
    code: z
      .string()
      .regex(/^s3:\/\/[^/]+\/.+/, "must be like s3://bucket/folder/ or s3://bucket/code.tar.gz")
      .describe("A folder of the platform's buckets, or a .tar.gz in one: the script and what lies beside it."),
    entryPoint: z
      .string()
      .max(256)
      .regex(/^(?!.*\.\.)[A-Za-z0-9_][A-Za-z0-9_./-]*$/, "must be a path inside of the code, like train.py")
      .describe("The file to run: Python where it ends in .py, else a program."),
    hyperparameters: atMost(z.record(hyperparameterName, z.union([z.string().max(2400), z.number(), z.boolean()])), 90)
      .default({})
      .describe("Reach the script as --name value, and as SM_HP_<NAME>."),
    environment: atMost(z.record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,511}$/, "must be a variable's name"), z.string().max(512)), 40).default({}),
    metrics: atMost(z.record(z.string().min(1).max(200), z.string().min(1).max(500)), 40)
      .default({})
      .describe("Metric -> regular expression whose first group is its value, applied to each line that the script writes."),
    image: z
      .string()
      .min(1)
      .max(255)
      .optional()
      .describe("In an account: an ECR image in the same region, with SageMaker's training toolkit. @default the deployment's trainingImage"),
    instanceType: z.string().regex(/^ml\./, "must be an instance type like ml.m5.large").default("ml.m5.large").describe("In an account."),
    instanceCount: z.int().min(1).max(100).default(1),
    volumeSizeGiB: z.int().min(1).max(16_384).default(30),
    maxRuntimeSeconds: z.int().min(1).max(432_000).default(3600),
  })
  .meta({ id: "TrainingScript", description: "Your own script trains the model; it leaves one ONNX model in its model folder." });
export type TrainingScript = z.output<typeof TrainingScript>;

/** What a training script of the user may say of its model, in `capstan.json` beside it. Everything else is read from the model and the request. */
export const ScriptModelCard = z
  .object({
    featureNames: z.array(z.string().min(1)).min(1).optional().describe("@default the columns that are features, in the order of the table"),
    labels: z
      .union([z.array(z.int()).min(2), z.array(z.string()).min(2)])
      .optional()
      .describe("Classes in the order of the probabilities. @default the target's values in ascending order"),
  })
  .meta({ id: "ScriptModelCard", description: "What columns of a script's model mean." });
export type ScriptModelCard = z.output<typeof ScriptModelCard>;

/** How a model came to be that a script trained; kept with the model. */
export const ScriptRecord = z.object({
  entryPoint: z.string(),
  codeUri: z.string().describe("The code as it ran."),
  codeSha256: z.string(),
  hyperparameters: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  image: z.string(),
  dataHash: z.string(),
  rows: z.int(),
});

/** Where a training job ran and what it said. */
export const TrainingJobPlace = z.object({
  name: z.string(),
  log: z.string().describe("In an account the log group and the beginning of its streams' names, else the folder that holds log.txt."),
});
