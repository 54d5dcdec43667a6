import type * as z from "zod";

/**
 * What a `${Placeholder}` of a definition may stand for besides a function: a value that each place fills in for itself. `NamePrefix` begins the names
 * of what is made in SageMaker, `TrainingLogs` is the log group, or folder, below which each training job's log lies under the job's name.
 */
export type Setting = "EventBusName" | "TrainingRoleArn" | "TrainingImage" | "TrainingLogs" | "ArtifactsBucket" | "DataBucket" | "NamePrefix";

/** A workflow: its definition, what it takes, and what is behind each `${Placeholder}` of the definition. */
export interface Machine {
  /** The folder in statemachines/, and the machine's name. */
  readonly name: string;
  readonly summary: string;
  /** The Amazon States Language file, in JSONata. */
  readonly definition: URL;
  readonly input: z.ZodType;
  /** Placeholder -> the function's name. */
  readonly tasks: Readonly<Record<string, string>>;
  /** Placeholder -> the name of a machine that this one starts. */
  readonly machines?: Readonly<Record<string, string>>;
  /** Placeholders that stand for the place's own values. */
  readonly settings?: readonly Setting[];
}

/** Declares a machine, keeping the literal types. */
export const defineMachine = <const M extends Machine>(machine: M): M => machine;

/** Every placeholder that a machine declares: its definition uses exactly these. */
export const placeholdersOf = (machine: Machine): string[] =>
  [...Object.keys(machine.tasks), ...Object.keys(machine.machines ?? {}), ...(machine.settings ?? [])].toSorted();
