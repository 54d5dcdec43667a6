import { Duration, Stack, type StackProps } from "aws-cdk-lib";
import { CfnBudget } from "aws-cdk-lib/aws-budgets";
import { Rule } from "aws-cdk-lib/aws-events";
import { LambdaFunction, SnsTopic } from "aws-cdk-lib/aws-events-targets";
import { FilterPattern, SubscriptionFilter } from "aws-cdk-lib/aws-logs";
import { LambdaDestination } from "aws-cdk-lib/aws-logs-destinations";
import { ScheduleGroup } from "aws-cdk-lib/aws-scheduler";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import { driftCleared, driftDetected } from "#contracts/events/drift.ts";
import { eventSource } from "#contracts/events/platform-event.ts";
import type { DeploymentConfig } from "../config.ts";
import { FunctionSchedule } from "../constructs/function-schedule.ts";
import { PlatformAlarms } from "../constructs/platform-alarms.ts";
import type { PlatformFunction } from "../constructs/platform-function.ts";
import { PlatformFunctions, pascalCase } from "../constructs/platform-functions.ts";
import { functions } from "../inventory.ts";
import { functionsOf } from "../placement.ts";
import type { ApiStack } from "./api.ts";
import type { PipelinesStack } from "./pipelines.ts";
import type { ServingStack } from "./serving.ts";
import type { StorageStack } from "./storage.ts";

export interface MonitoringStackProps extends StackProps {
  readonly config: DeploymentConfig;
  readonly storage: StorageStack;
  readonly pipelines: PipelinesStack;
  readonly api: ApiStack;
  readonly serving: ServingStack;
}

const identifier = (detailType: string) => pascalCase(detailType.replaceAll(/[. ]/g, "-"));

/** What runs by the clock, on an event or on a log line, and what calls a person: schedules, rules, alarms, dashboard, budget. */
export class MonitoringStack extends Stack {
  constructor(scope: Construct, id: string, { config, storage, pipelines, api, serving, ...props }: MonitoringStackProps) {
    super(scope, id, props);
    const topic = new Topic(this, "Alarms", { enforceSSL: true, ...(storage.key && { masterKey: storage.key }) });
    if (config.alarmEmail !== undefined) topic.addSubscription(new EmailSubscription(config.alarmEmail));
    const missed = new Queue(this, "Missed", { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true, retentionPeriod: Duration.days(14) });
    const specs = functionsOf("monitoring");
    const own = new PlatformFunctions(this, "Functions", { config, storage, specs, failed: missed });
    for (const spec of specs) pipelines.connect(spec, own.get(spec.name));
    serving.connect(own.get("deploy-endpoint"));
    serving.inform(api.functions.get("endpoints"));
    serving.inform(api.functions.get("inference"));

    const madeIn = (name: string): PlatformFunction => own.byName.get(name) ?? pipelines.functions.byName.get(name) ?? api.functions.get(name);
    this.schedules(config, missed, madeIn);
    this.rules(pipelines, missed, madeIn);
    // Captured predictions are log lines of the inference function (docs/decisions/0010).
    new SubscriptionFilter(this, "Captures", {
      logGroup: madeIn("inference").logGroup,
      destination: new LambdaDestination(madeIn("write-captures").function),
      filterPattern: FilterPattern.exists("$.capture.endpoint"),
    });
    const machines = new Map([...pipelines.pipelines].map(([name, { machine }]) => [name, machine]));
    new PlatformAlarms(this, "Watch", { api: api.api, machines, missed, topic, runbookUrl: config.runbookUrl });
    this.announcements(pipelines, topic, missed);
    if (config.monthlyBudgetUsd !== undefined && config.alarmEmail !== undefined) this.budget(config.stage, config.monthlyBudgetUsd, config.alarmEmail);
  }

  private schedules({ stage }: DeploymentConfig, missed: Queue, madeIn: (name: string) => PlatformFunction): void {
    const group = new ScheduleGroup(this, "Schedules", { scheduleGroupName: `capstan-${stage}` });
    for (const { name, schedule } of functions)
      if (schedule) new FunctionSchedule(this, `${pascalCase(name)}Schedule`, { schedule, target: madeIn(name).function, group, missed });
  }

  private rules({ bus }: PipelinesStack, missed: Queue, madeIn: (name: string) => PlatformFunction): void {
    for (const { name, on = [] } of functions)
      for (const { source, detailType, detail } of on)
        new Rule(this, `${pascalCase(name)}On${identifier(detailType)}`, {
          // Events of AWS itself come on the account's own bus.
          ...(!source.startsWith("aws.") && { eventBus: bus }),
          eventPattern: { source: [source], detailType: [detailType], ...(detail && { detail }) },
          targets: [new LambdaFunction(madeIn(name).function, { deadLetterQueue: missed, retryAttempts: 5, maxEventAge: Duration.hours(6) })],
        });
  }

  /** What is news to a person without being a failure of the platform. */
  private announcements(pipelines: PipelinesStack, topic: Topic, missed: Queue): void {
    const target = new SnsTopic(topic, { deadLetterQueue: missed });
    new Rule(this, "Drift", {
      eventBus: pipelines.bus,
      eventPattern: { source: [eventSource], detailType: [driftDetected.detailType, driftCleared.detailType] },
      targets: [target],
    });
    const stateMachineArn = [...pipelines.pipelines.keys()].map((name) => pipelines.machineArn(name));
    new Rule(this, "ExecutionEnded", {
      eventPattern: {
        source: ["aws.states"],
        detailType: ["Step Functions Execution Status Change"],
        detail: { status: ["TIMED_OUT", "ABORTED"], stateMachineArn },
      },
      targets: [target],
    });
  }

  private budget(stage: string, amount: number, email: string): void {
    const notify = (threshold: number) => ({
      notification: { notificationType: "ACTUAL", comparisonOperator: "GREATER_THAN", threshold, thresholdType: "PERCENTAGE" },
      subscribers: [{ subscriptionType: "EMAIL", address: email }],
    });
    new CfnBudget(this, "Budget", {
      budget: {
        budgetName: `capstan-${stage}`,
        budgetType: "COST",
        timeUnit: "MONTHLY",
        budgetLimit: { amount, unit: "USD" },
        costFilters: { TagKeyValue: [`user:capstan:stage$${stage}`] },
      },
      notificationsWithSubscribers: [notify(80), notify(100)],
    });
  }
}
