import { ArnFormat, Stack, type StackProps } from "aws-cdk-lib";
import { EventBus } from "aws-cdk-lib/aws-events";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";
import { type FunctionSpec, machineVariable } from "#contracts/function-spec.ts";
import { noImage } from "#contracts/platform/training-script.ts";
import type { Machine, Setting } from "#statemachines/machine.ts";
import type { DeploymentConfig } from "../config.ts";
import { machineName, Pipeline } from "../constructs/pipeline.ts";
import { functionLogGroup, type PlatformFunction } from "../constructs/platform-function.ts";
import { PlatformFunctions, pascalCase } from "../constructs/platform-functions.ts";
import { SageMakerRole } from "../constructs/sagemaker-role.ts";
import { machines } from "../inventory.ts";
import { functionsOf } from "../placement.ts";
import type { StorageStack } from "./storage.ts";

export interface PipelinesStackProps extends StackProps {
  readonly config: DeploymentConfig;
  readonly storage: StorageStack;
}

/** Where SageMaker writes what training jobs say. */
const trainingLogs = "/aws/sagemaker/TrainingJobs";
/** Functions that state machines invoke. */
const taskFunctions = functionsOf("pipelines");

/** State machines, the functions behind their tasks, and the bus that events travel on. Stateless: executions are the only memory. */
export class PipelinesStack extends Stack {
  readonly bus: EventBus;
  readonly functions: PlatformFunctions;
  readonly pipelines: ReadonlyMap<string, Pipeline>;
  private readonly config: DeploymentConfig;

  constructor(scope: Construct, id: string, { config, storage, ...props }: PipelinesStackProps) {
    super(scope, id, props);
    this.config = config;
    this.bus = new EventBus(this, "Events", { eventBusName: `capstan-${config.stage}` });
    const trainingRole = new SageMakerRole(this, "TrainingRole", {
      description: "what a user's training script may do",
      storage,
      artifacts: "readWrite",
      data: "read",
      logGroup: trainingLogs,
    });
    this.functions = new PlatformFunctions(this, "Functions", { config, storage, specs: taskFunctions });
    for (const spec of taskFunctions) this.connect(spec, this.functions.get(spec.name));
    const settings: Readonly<Record<Setting, string>> = {
      EventBusName: this.bus.eventBusName,
      TrainingRoleArn: trainingRole.roleArn,
      TrainingImage: config.trainingImage ?? noImage,
      TrainingLogs: trainingLogs,
      ArtifactsBucket: storage.buckets.artifacts.bucketName,
      DataBucket: storage.buckets.data.bucketName,
      NamePrefix: `capstan-${config.stage}`,
    };
    const functionArn = (name: string) => this.functions.get(name).function.functionArn;
    const pipeline = (machine: Machine) =>
      new Pipeline(this, pascalCase(machine.name), {
        config,
        machine,
        substitutions: {
          ...Object.fromEntries(Object.entries(machine.tasks).map(([placeholder, name]) => [placeholder, functionArn(name)])),
          ...Object.fromEntries(Object.entries(machine.machines ?? {}).map(([placeholder, name]) => [placeholder, this.machineArn(name)])),
          ...Object.fromEntries((machine.settings ?? []).map((name) => [name, settings[name]])),
        },
        targets: {
          functionArns: Object.values(machine.tasks).map(functionArn),
          machineArns: Object.values(machine.machines ?? {}).map((name) => this.machineArn(name)),
          eventBusArn: this.bus.eventBusArn,
          trainingRoleArn: trainingRole.roleArn,
          namePrefix: settings.NamePrefix,
        },
      });
    this.pipelines = new Map(machines.map((machine) => [machine.name, pipeline(machine)]));
  }

  /** By name rather than by reference: functions start machines whose definitions name functions. */
  machineArn(name: string): string {
    return this.formatArn({
      service: "states",
      resource: "stateMachine",
      resourceName: machineName(this.config, name),
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }

  /** The log groups of all that machines ask for work. By name, as functions of these very groups may be the ones that read. */
  private stepLogGroups(names: readonly string[]): string[] {
    const tasks = machines.filter(({ name }) => names.includes(name)).flatMap((machine) => Object.values(machine.tasks));
    const groups = [...new Set(tasks)].map((name) => functionLogGroup(this.config, name));
    return [...groups, trainingLogs].map((group) =>
      this.formatArn({ service: "logs", resource: "log-group", resourceName: `${group}:*`, arnFormat: ArnFormat.COLON_RESOURCE_NAME }),
    );
  }

  /** Gives a function, of this or another stack, the machines and the bus that it declared. */
  connect({ machines: names = [], stepLogs = false, retries = false, events = false }: FunctionSpec, { function: target, role }: PlatformFunction): void {
    for (const name of names) {
      const arn = this.machineArn(name);
      target.addEnvironment(machineVariable(name), arn);
      role.addToPolicy(
        new PolicyStatement({
          actions: ["states:StartExecution", "states:SendTaskSuccess"],
          resources: [arn],
        }),
      );
      role.addToPolicy(
        new PolicyStatement({
          actions: [
            "states:DescribeExecution",
            "states:DescribeStateMachineForExecution",
            "states:GetExecutionHistory",
            "states:StopExecution",
            ...(retries ? ["states:RedriveExecution"] : []),
          ],
          resources: [`${arn.replace(":stateMachine:", ":execution:")}:*`],
        }),
      );
    }
    if (stepLogs) role.addToPolicy(new PolicyStatement({ actions: ["logs:FilterLogEvents"], resources: this.stepLogGroups(names) }));
    if (!events) return;
    target.addEnvironment("EVENT_BUS_NAME", this.bus.eventBusName);
    role.addToPolicy(new PolicyStatement({ actions: ["events:PutEvents"], resources: [this.bus.eventBusArn] }));
  }
}
