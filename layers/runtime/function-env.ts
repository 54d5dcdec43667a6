import { type BucketName, bucketVariable, type FunctionSpec, machineVariable, type TableName, tableVariable } from "#contracts/function-spec.ts";
import { ConfigError } from "#core/errors.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** The physical names of what a function declared: reading one that it did not declare is a {@link ConfigError}. */
export interface FunctionEnv {
  table(name: TableName): string;
  bucket(name: BucketName): string;
  machine(name: string): string;
  eventBus(): string;
  /** A plain variable of the declaration, or one that the platform always sets. */
  variable(name: string): string;
  optional(name: string): string | undefined;
}

/** @throws ConfigError that names the first variable the function declared and the deployment did not set */
export function functionEnv(spec: FunctionSpec, env: Environment): FunctionEnv {
  const read = (variable: string): string => {
    const value = env[variable];
    if (value === undefined || value === "")
      throw new ConfigError(`${spec.name}: variable ${variable} must be set, got ${value === undefined ? "nothing" : '""'}`);
    return value;
  };
  const declared = (kind: string, names: readonly string[], name: string, variable: string): string => {
    if (!names.includes(name))
      throw new ConfigError(`${spec.name}: ${kind} ${name} is not declared in function.ts, declared are: ${names.join(", ") || "none"}`);
    return read(variable);
  };
  const tables = Object.keys(spec.tables ?? {}) as TableName[];
  const buckets = Object.keys(spec.buckets ?? {}) as BucketName[];
  const machines = spec.machines ?? [];
  for (const variable of [...tables.map(tableVariable), ...buckets.map(bucketVariable)]) read(variable);
  return {
    table: (name) => declared("table", tables, name, tableVariable(name)),
    bucket: (name) => declared("bucket", buckets, name, bucketVariable(name)),
    machine: (name) => declared("state machine", machines, name, machineVariable(name)),
    eventBus: () => declared("event bus", spec.events === true ? ["platform"] : [], "platform", "EVENT_BUS_NAME"),
    variable: (name) => spec.environment?.[name] ?? read(name),
    optional: (name) => env[name],
  };
}
