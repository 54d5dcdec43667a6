import { readFileSync } from "node:fs";
import { RemovalPolicy, Stack } from "aws-cdk-lib";
import { Policy, type PolicyStatement } from "aws-cdk-lib/aws-iam";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from "aws-cdk-lib/aws-stepfunctions";
import { Construct } from "constructs";
import { type Machine, placeholdersOf } from "#statemachines/machine.ts";
import type { DeploymentConfig } from "../config.ts";
import { type Definition, type GrantTargets, grantsFor } from "./machine-grants.ts";

export interface PipelineProps {
  readonly config: DeploymentConfig;
  readonly machine: Machine;
  /** Placeholder -> ARN or value. Exactly those that the machine declares. */
  readonly substitutions: Readonly<Record<string, string>>;
  readonly targets: Omit<GrantTargets, "stack">;
}

export const machineName = (config: DeploymentConfig, name: string) => `capstan-${config.stage}-${name}`;

/** One folder of statemachines/ as a Standard state machine: its file as it is, logged, traced, with the grants its resources need. */
export class Pipeline extends Construct {
  readonly machine: StateMachine;

  constructor(scope: Construct, id: string, { config, machine, substitutions, targets }: PipelineProps) {
    super(scope, id);
    const lacking = placeholdersOf(machine).filter((name) => substitutions[name] === undefined);
    if (lacking.length > 0) throw new Error(`state machine ${machine.name} has no value for ${lacking.join(", ")}`);
    const text = readFileSync(machine.definition, "utf8");
    const logs = new LogGroup(this, "Logs", {
      logGroupName: `/aws/vendedlogs/states/${machineName(config, machine.name)}`,
      retention: config.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.machine = new StateMachine(this, "Machine", {
      stateMachineName: machineName(config, machine.name),
      stateMachineType: StateMachineType.STANDARD,
      comment: machine.summary,
      definitionBody: DefinitionBody.fromString(text),
      definitionSubstitutions: { ...substitutions },
      tracingEnabled: true,
      logs: { destination: logs, level: LogLevel.ALL, includeExecutionData: false },
    });
    // A policy of its own: a machine that starts itself would make a cycle with the role's default policy.
    const statements: PolicyStatement[] = grantsFor(JSON.parse(text) as Definition, { ...targets, stack: Stack.of(this) });
    this.machine.role.attachInlinePolicy(new Policy(this, "Needs", { statements }));
  }
}
