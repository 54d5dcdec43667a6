import type { Stack } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";

interface State {
  readonly Type: string;
  readonly Resource?: string;
  readonly States?: Readonly<Record<string, State>>;
  readonly ItemProcessor?: { readonly States: Readonly<Record<string, State>> };
  readonly Branches?: readonly { readonly States: Readonly<Record<string, State>> }[];
}
export interface Definition {
  readonly States: Readonly<Record<string, State>>;
}

/** The `Resource` of every task of a definition, in whatever depth, each once. */
export function resourcesOf({ States }: Definition): Set<string> {
  const nested = (state: State) => [state.ItemProcessor, ...(state.Branches ?? [])].flatMap((part) => (part ? [...resourcesOf(part)] : []));
  return new Set(
    Object.values(States).flatMap((state) => [...(state.Type === "Task" && state.Resource !== undefined ? [state.Resource] : []), ...nested(state)]),
  );
}

export interface GrantTargets {
  readonly stack: Stack;
  readonly functionArns: readonly string[];
  readonly machineArns: readonly string[];
  readonly eventBusArn: string;
  /** Passed to training jobs. */
  readonly trainingRoleArn: string;
  /** Prefix of the names of everything made in SageMaker. */
  readonly namePrefix: string;
}

/** Step Functions watches what it waits for through rules that it manages itself, under these names. */
const managedRule = (stack: Stack, name: string) =>
  new PolicyStatement({
    actions: ["events:PutTargets", "events:PutRule", "events:DescribeRule"],
    resources: [stack.formatArn({ service: "events", resource: "rule", resourceName: name })],
  });

const forResource: Readonly<Record<string, (targets: GrantTargets) => PolicyStatement[]>> = {
  "lambda:invoke": ({ functionArns }) => [new PolicyStatement({ actions: ["lambda:InvokeFunction"], resources: [...functionArns] })],
  "events:putEvents": ({ eventBusArn }) => [new PolicyStatement({ actions: ["events:PutEvents"], resources: [eventBusArn] })],
  "states:startExecution": ({ machineArns }) => [new PolicyStatement({ actions: ["states:StartExecution"], resources: [...machineArns] })],
  "states:startExecution.sync:2": ({ stack, machineArns }) => [
    new PolicyStatement({ actions: ["states:StartExecution"], resources: [...machineArns] }),
    new PolicyStatement({
      actions: ["states:DescribeExecution", "states:StopExecution"],
      resources: machineArns.map((arn) => `${arn.replace(":stateMachine:", ":execution:")}:*`),
    }),
    managedRule(stack, "StepFunctionsGetEventsForStepFunctionsExecutionRule"),
  ],
  "sagemaker:createTrainingJob.sync": ({ stack, trainingRoleArn, namePrefix }) => [
    new PolicyStatement({
      actions: ["sagemaker:CreateTrainingJob", "sagemaker:DescribeTrainingJob", "sagemaker:StopTrainingJob", "sagemaker:AddTags"],
      resources: [stack.formatArn({ service: "sagemaker", resource: "training-job", resourceName: `${namePrefix}-*` })],
    }),
    new PolicyStatement({
      actions: ["iam:PassRole"],
      resources: [trainingRoleArn],
      conditions: { StringEquals: { "iam:PassedToService": "sagemaker.amazonaws.com" } },
    }),
    managedRule(stack, "StepFunctionsGetEventsForSageMakerTrainingJobsRule"),
  ],
};

/**
 * What a machine's role needs, read from its definition's resources: CDK derives nothing from a definition file.
 * @throws Error for a resource that no grant is known for, so that synthesis fails rather than the execution
 */
export function grantsFor(definition: Definition, targets: GrantTargets): PolicyStatement[] {
  const needed = new Set([...resourcesOf(definition)].map((resource) => resource.replace("arn:aws:states:::", "").replace(".waitForTaskToken", "")));
  return [...needed].flatMap((resource) => {
    const grant = forResource[resource];
    if (!grant) throw new Error(`no grant is known for ${resource}, known are ${Object.keys(forResource).join(", ")}`);
    return grant(targets);
  });
}
