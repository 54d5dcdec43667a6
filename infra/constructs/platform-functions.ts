import { Construct } from "constructs";
import type { FunctionSpec } from "#contracts/function-spec.ts";
import type { DeploymentConfig } from "../config.ts";
import type { StorageStack } from "../stacks/storage.ts";
import type { NativeLayers } from "./native-layers.ts";
import { PlatformFunction } from "./platform-function.ts";

export interface PlatformFunctionsProps {
  readonly config: DeploymentConfig;
  readonly storage: StorageStack;
  readonly specs: readonly FunctionSpec[];
  readonly layers: NativeLayers;
  readonly environment?: Readonly<Record<string, string>>;
}

/** `mlflow-runs` -> `MlflowRuns`: construct ids and the placeholders of state machines. */
export const pascalCase = (name: string) => name.replaceAll(/(^|-)(\w)/g, (_all, _dash, letter: string) => letter.toUpperCase());

/** The functions of one stack, by name. */
export class PlatformFunctions extends Construct {
  readonly byName: ReadonlyMap<string, PlatformFunction>;

  constructor(scope: Construct, id: string, { config, storage, specs, layers, environment = {} }: PlatformFunctionsProps) {
    super(scope, id);
    const make = (spec: FunctionSpec) => new PlatformFunction(this, pascalCase(spec.name), { config, spec, storage, layers: layers.for(spec), environment });
    this.byName = new Map(specs.map((spec) => [spec.name, make(spec)]));
  }

  /** @throws Error when no function of this stack has the name */
  get(name: string): PlatformFunction {
    const found = this.byName.get(name);
    if (!found) throw new Error(`no function ${name} in ${this.node.path}, there are ${[...this.byName.keys()].join(", ")}`);
    return found;
  }
}
