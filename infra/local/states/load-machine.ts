import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { ConfigError } from "#core/errors.ts";
import { checkMachine } from "#statemachines/check-definition.ts";
import type { Definition } from "#statemachines/definition.ts";
import type { Machine, Setting } from "#statemachines/machine.ts";
import { parseDefinition } from "#statemachines/parse-definition.ts";
import { machineArn } from "./names.ts";

export interface LoadedMachine {
  readonly name: string;
  readonly arn: string;
  /** The definition with its placeholders filled in. */
  readonly text: string;
  /** SHA-256 of the text: executions go on under the definition that they began with. */
  readonly digest: string;
  readonly definition: Definition;
}

/** Values of this place for placeholders that are neither functions nor machines. */
export type Settings = Readonly<Partial<Record<Setting, string>>>;

/** A definition whose placeholders are filled in; it was checked when they were not. @throws ConfigError where it cannot be read */
export function readMachine(name: string, text: string): LoadedMachine {
  const { definition, problems } = parseDefinition(text);
  if (!definition || problems.length > 0) throw new ConfigError(problems.map((problem) => `${name}: ${problem}`).join("\n"));
  return { name, arn: machineArn(name), text, digest: createHash("sha256").update(text).digest("hex"), definition };
}

const inJson = (value: string) => JSON.stringify(value).slice(1, -1);

/**
 * Reads and checks every machine and fills in its placeholders: a function's name, a machine's ARN, a setting's value.
 * @param functions names of the functions that exist; tasks must name these
 * @throws ConfigError with every problem of every machine, each naming its state
 */
export async function loadMachines(machines: readonly Machine[], functions: readonly string[], settings: Settings): Promise<LoadedMachine[]> {
  const known = { functions, machines: machines.map(({ name }) => name) };
  const texts = await Promise.all(machines.map(({ definition }) => readFile(definition, "utf8")));
  const problems = machines.flatMap((machine, index) => [
    ...checkMachine(machine, texts[index] ?? "", known),
    ...(machine.settings ?? []).filter((name) => settings[name] === undefined).map((name) => `${machine.name}: setting ${name} has no value on this machine`),
  ]);
  if (problems.length > 0) throw new ConfigError(problems.join("\n"));
  return machines.map((machine, index) => {
    const values: Readonly<Record<string, string | undefined>> = {
      ...settings,
      ...machine.tasks,
      ...Object.fromEntries(Object.entries(machine.machines ?? {}).map(([placeholder, name]) => [placeholder, machineArn(name)])),
    };
    return readMachine(
      machine.name,
      (texts[index] ?? "").replaceAll(/\$\{(\w+)\}/g, (whole, name: string) => inJson(values[name] ?? whole)),
    );
  });
}
