import type * as z from "zod";
import type { Contract } from "./route.ts";

/** The tables of the platform. `local` is not among them: what only the laptop keeps is no function's business. */
export type TableName = "tracking" | "features" | "platform" | "tokens";
/** `artifacts`: runs, models, packed tracking data. `data`: datasets, features, captured predictions, reports. */
export type BucketName = "artifacts" | "data";
export type Access = "read" | "readWrite";
/** All of a bucket, or only what lies beneath some folders of it (with a slash at the end). */
export type BucketNeed = Access | { readonly access: Access; readonly folders: readonly string[] };

/**
 * What a function needs; grants, environment variables, routes and the laptop's wiring are derived from it.
 * A table `tracking` becomes `TRACKING_TABLE`, a bucket `data` becomes `DATA_BUCKET`, a machine `training` becomes `TRAINING_MACHINE_ARN`.
 */
export interface FunctionSpec {
  /** The folder in functions/, and the function's name. */
  readonly name: string;
  readonly summary: string;
  /** HTTP operations it answers. */
  readonly contracts?: readonly Contract[];
  /** Set when a state machine, a schedule or an event invokes it rather than HTTP: what it takes and what it returns. */
  readonly task?: { readonly input: z.ZodType; readonly output: z.ZodType };
  /** @default 512 */
  readonly memoryMiB?: number;
  /** @default 29 for HTTP, 60 for tasks; 900 at most */
  readonly timeoutSeconds?: number;
  /** /tmp. @default 512 */
  readonly ephemeralMiB?: number;
  readonly tables?: Partial<Record<TableName, Access>>;
  readonly buckets?: Partial<Record<BucketName, BucketNeed>>;
  /** State machines that it starts, and whose executions and task tokens it may read and answer. */
  readonly machines?: readonly string[];
  /** May let executions of its machines that failed go on. */
  readonly retries?: boolean;
  /** May read what the functions and training jobs of its machines have written. */
  readonly stepLogs?: boolean;
  /** May put events on the platform's bus (`EVENT_BUS_NAME`). */
  readonly events?: boolean;
  /** Exact SageMaker and other actions beyond the above, each with the resource it is limited to. */
  readonly actions?: readonly { readonly action: string; readonly resource: string }[];
  /** Carries ONNX Runtime as a Lambda layer. */
  readonly onnx?: boolean;
  /** Carries DuckDB as a Lambda layer. */
  readonly duckdb?: boolean;
  /** On the laptop: runs in a child process, so that the API never stalls. */
  readonly heavy?: boolean;
  /** Also runs as an HTTP server process (`functions/<name>/server.ts`): in containers, and on the laptop instead of in process. */
  readonly server?: boolean;
  /** Invoked on this schedule: an EventBridge Scheduler expression, UTC. */
  readonly schedule?: { readonly expression: string; readonly input: Readonly<Record<string, unknown>> };
  /** Invoked for these events: of the platform's bus, or, where the source is an AWS service (`aws.*`), of the account's default bus. */
  readonly on?: readonly {
    readonly source: string;
    readonly detailType: string;
    /** Members of the detail, each with the texts that it may be. */
    readonly detail?: Readonly<Record<string, readonly string[]>>;
  }[];
  /** Plain variables, the same everywhere. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** A need with its folders; the empty name is the whole bucket. */
export const bucketNeed = (need: BucketNeed) => (typeof need === "string" ? { access: need, folders: [""] } : need);

/** Declares a function, keeping the literal types. */
export const defineFunction = <const S extends FunctionSpec>(spec: S): S => spec;

/** `kebab-case` -> `SCREAMING_CASE`, the one spelling of a name inside environment variables. */
const constant = (name: string) => name.replaceAll("-", "_").toUpperCase();
export const tableVariable = (table: TableName) => `${constant(table)}_TABLE`;
export const bucketVariable = (bucket: BucketName) => `${constant(bucket)}_BUCKET`;
export const machineVariable = (machine: string) => `${constant(machine)}_MACHINE_ARN`;
