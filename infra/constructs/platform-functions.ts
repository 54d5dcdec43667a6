import type { IQueue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import type { FunctionSpec } from "#contracts/function-spec.ts";
import type { DeploymentConfig } from "../config.ts";
import type { StorageStack } from "../stacks/storage.ts";
import { NativeLayers } from "./native-layers.ts";
import { PlatformFunction } from "./platform-function.ts";

export interface PlatformFunctionsProps {
  readonly config: DeploymentConfig;
  readonly storage: StorageStack;
  readonly specs: readonly FunctionSpec[];
  /** Where nobody waits for their answers: takes what failed three times. */
  readonly failed?: IQueue;
}

/** `mlflow-runs` -> `MlflowRuns`: construct ids and the placeholders of state machines. */
export const pascalCase = (name: string) => name.replaceAll(/(^|-)(\w)/g, (_all, _dash, letter: string) => letter.toUpperCase());

/** The functions of one stack, by name. */
export class PlatformFunctions extends Construct {
  readonly byName: ReadonlyMap<string, PlatformFunction>;

  constructor(scope: Construct, id: string, { specs, ...props }: PlatformFunctionsProps) {
    super(scope, id);
    const layers = new NativeLayers(this, "Layers");
    this.byName = new Map(specs.map((spec) => [spec.name, new PlatformFunction(this, pascalCase(spec.name), { ...props, spec, layers })]));
  }

  /** @throws Error when no function of this stack has the name */
  get(name: string): PlatformFunction {
    const found = this.byName.get(name);
    if (!found) throw new Error(`no function ${name} in ${this.node.path}, there are ${[...this.byName.keys()].join(", ")}`);
    return found;
  }
}
