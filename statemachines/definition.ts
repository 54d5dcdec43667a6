import * as z from "zod";

/** A value that JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
/** A JSON object. */
export type JsonObject = { readonly [key: string]: Json };

/** Whether this text is a JSONata expression rather than a literal. */
export const isExpression = (text: string) => text.startsWith("{%") && text.endsWith("%}");
const expression = z.string().refine(isExpression, "must be a JSONata expression in {% %}");
const json = z.custom<Json>((value) => value !== undefined, "must be JSON");
const variables = z.record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,79}$/, "must be a variable name"), json);
const integer = (least: number, most: number) => z.union([z.int().min(least).max(most), expression]);
/** 99,999,999 is the largest interval that Step Functions takes, in seconds: three years. */
const seconds = (least: number) => integer(least, 99_999_999);

const common = { Comment: z.string().optional(), QueryLanguage: z.literal("JSONata").optional() };
const onward = { Next: z.string().optional(), End: z.literal(true).optional(), Output: json.optional(), Assign: variables.optional() };
const errorNames = z.array(z.string().min(1)).min(1);

export const retrier = z.strictObject({
  Comment: z.string().optional(),
  ErrorEquals: errorNames,
  IntervalSeconds: z.int().min(1).max(99_999_999).optional(),
  MaxAttempts: z.int().min(0).max(99_999_999).optional(),
  BackoffRate: z.number().min(1).optional(),
  MaxDelaySeconds: z.int().min(1).max(31_622_399).optional(),
  JitterStrategy: z.enum(["FULL", "NONE"]).optional(),
});
const catcher = z.strictObject({
  Comment: z.string().optional(),
  ErrorEquals: errorNames,
  Next: z.string(),
  Assign: variables.optional(),
  Output: json.optional(),
});
const recovery = { Retry: z.array(retrier).min(1).optional(), Catch: z.array(catcher).min(1).optional() };

/** The states of one level are read one by one, so that a problem can name its state. */
const level = { StartAt: z.string(), States: z.record(z.string().min(1).max(80), z.unknown()) };
const choice = z.strictObject({
  Comment: z.string().optional(),
  Condition: expression,
  Next: z.string(),
  Assign: variables.optional(),
  Output: json.optional(),
});

const stateSchemas = {
  Task: z.strictObject({
    ...common,
    ...onward,
    ...recovery,
    Type: z.literal("Task"),
    Resource: z.string(),
    Arguments: json.optional(),
    TimeoutSeconds: seconds(1).optional(),
    HeartbeatSeconds: seconds(1).optional(),
  }),
  Pass: z.strictObject({ ...common, ...onward, Type: z.literal("Pass") }),
  Wait: z.strictObject({ ...common, ...onward, Type: z.literal("Wait"), Seconds: seconds(0).optional(), Timestamp: z.string().optional() }),
  Choice: z.strictObject({
    ...common,
    Type: z.literal("Choice"),
    Choices: z.array(choice).min(1),
    Default: z.string().optional(),
    Output: json.optional(),
    Assign: variables.optional(),
  }),
  Parallel: z.strictObject({
    ...common,
    ...onward,
    ...recovery,
    Type: z.literal("Parallel"),
    Branches: z.array(z.strictObject({ Comment: z.string().optional(), ...level })).min(1),
    Arguments: json.optional(),
  }),
  Map: z.strictObject({
    ...common,
    ...onward,
    ...recovery,
    Type: z.literal("Map"),
    Items: json.optional(),
    ItemSelector: json.optional(),
    MaxConcurrency: integer(0, 10_000).optional(),
    Label: z.string().max(40).optional(),
    ToleratedFailureCount: integer(0, 99_999_999).optional(),
    ToleratedFailurePercentage: z.union([z.number().min(0).max(100), expression]).optional(),
    ItemProcessor: z.strictObject({
      Comment: z.string().optional(),
      ProcessorConfig: z.strictObject({ Mode: z.enum(["INLINE", "DISTRIBUTED"]), ExecutionType: z.enum(["STANDARD", "EXPRESS"]).optional() }).optional(),
      ...level,
    }),
  }),
  Succeed: z.strictObject({ ...common, Type: z.literal("Succeed"), Output: json.optional() }),
  Fail: z.strictObject({ ...common, Type: z.literal("Fail"), Error: z.string().optional(), Cause: z.string().optional() }),
} as const;

/** One state as it stands in the file; the levels inside it are unread. */
export const stateSchema = z.discriminatedUnion("Type", [
  stateSchemas.Task,
  stateSchemas.Pass,
  stateSchemas.Wait,
  stateSchemas.Choice,
  stateSchemas.Parallel,
  stateSchemas.Map,
  stateSchemas.Succeed,
  stateSchemas.Fail,
]);

export const definitionSchema = z.strictObject({
  Comment: z.string().optional(),
  QueryLanguage: z.literal("JSONata"),
  Version: z.literal("1.0").optional(),
  TimeoutSeconds: z.int().min(1).max(99_999_999).optional(),
  ...level,
});

type Shape<K extends keyof typeof stateSchemas> = z.output<(typeof stateSchemas)[K]>;
/** States of one level and the one it begins with: a machine, a branch, an item processor. */
export interface Level {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}
export type TaskState = Shape<"Task">;
export type WaitState = Shape<"Wait">;
export type ChoiceState = Shape<"Choice">;
export type ParallelState = Omit<Shape<"Parallel">, "Branches"> & { readonly Branches: readonly Level[] };
export type MapState = Omit<Shape<"Map">, "ItemProcessor"> & { readonly ItemProcessor: Level & Pick<Shape<"Map">["ItemProcessor"], "ProcessorConfig"> };
export type State = TaskState | WaitState | ChoiceState | ParallelState | MapState | Shape<"Pass"> | Shape<"Succeed"> | Shape<"Fail">;
export type Retrier = z.output<typeof retrier>;
export interface Definition extends Level {
  readonly TimeoutSeconds?: number | undefined;
}
