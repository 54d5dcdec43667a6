import { Duration, Stack, type StackProps } from "aws-cdk-lib";
import { CfnBudget } from "aws-cdk-lib/aws-budgets";
import { ComparisonOperator, Dashboard, GraphWidget, MathExpression } from "aws-cdk-lib/aws-cloudwatch";
import { Rule } from "aws-cdk-lib/aws-events";
import { LambdaFunction, SnsTopic } from "aws-cdk-lib/aws-events-targets";
import { FilterPattern, SubscriptionFilter } from "aws-cdk-lib/aws-logs";
import { LambdaDestination } from "aws-cdk-lib/aws-logs-destinations";
import { ScheduleGroup } from "aws-cdk-lib/aws-scheduler";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import type { DeploymentConfig } from "../config.ts";
import { FunctionSchedule } from "../constructs/function-schedule.ts";
import { NativeLayers } from "../constructs/native-layers.ts";
import { PlatformAlarm } from "../constructs/platform-alarm.ts";
import { PlatformFunctions, pascalCase } from "../constructs/platform-functions.ts";
import { functions } from "../inventory.ts";
import { monitoringFunctionNames } from "../placement.ts";
import type { ApiStack } from "./api.ts";
import type { PipelinesStack } from "./pipelines.ts";
import type { StorageStack } from "./storage.ts";

export interface MonitoringStackProps extends StackProps {
  readonly config: DeploymentConfig;
  readonly storage: StorageStack;
  readonly pipelines: PipelinesStack;
  readonly api: ApiStack;
}

const minutes = (count: number) => ({ period: Duration.minutes(count) });

/** What runs by the clock or on an event, and what calls a person: schedules, rules, alarms, dashboard, budget. */
export class MonitoringStack extends Stack {
  readonly functions: PlatformFunctions;

  constructor(scope: Construct, id: string, { config, storage, pipelines, api, ...props }: MonitoringStackProps) {
    super(scope, id, props);
    const topic = new Topic(this, "Alarms", { enforceSSL: true, ...(storage.key && { masterKey: storage.key }) });
    if (config.alarmEmail !== undefined) topic.addSubscription(new EmailSubscription(config.alarmEmail));
    const missed = new Queue(this, "Missed", { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true, retentionPeriod: Duration.days(14) });

    const specs = functions.filter(({ name }) => monitoringFunctionNames.has(name));
    this.functions = new PlatformFunctions(this, "Functions", { config, storage, specs, layers: new NativeLayers(this, "Layers") });
    const group = new ScheduleGroup(this, "Schedules", { scheduleGroupName: `capstan-${config.stage}` });
    for (const spec of specs) {
      const made = this.functions.get(spec.name);
      pipelines.connect(spec, made);
      const id = pascalCase(spec.name);
      if (spec.schedule) new FunctionSchedule(this, `${id}Schedule`, { schedule: spec.schedule, target: made.function, group, missed });
      for (const { source, detailType } of spec.on ?? [])
        new Rule(this, `${id}On${pascalCase(detailType.replaceAll(".", "-"))}`, {
          eventBus: pipelines.bus,
          eventPattern: { source: [source], detailType: [detailType] },
          targets: [new LambdaFunction(made.function, { deadLetterQueue: missed, retryAttempts: 5, maxEventAge: Duration.hours(6) })],
        });
    }
    this.captures(api);
    this.alarms(topic, missed, pipelines, api);
    if (config.monthlyBudgetUsd !== undefined && config.alarmEmail !== undefined) this.budget(config.stage, config.monthlyBudgetUsd, config.alarmEmail);
  }

  /** Captured predictions are log lines of the inference function (docs/decisions/0010). */
  private captures(api: ApiStack): void {
    const writer = this.functions.byName.get("write-captures");
    if (!writer) return;
    new SubscriptionFilter(this, "Captures", {
      logGroup: api.functions.get("inference").logGroup,
      destination: new LambdaDestination(writer.function),
      filterPattern: FilterPattern.exists("$.capture.endpoint"),
    });
  }

  private alarms(topic: Topic, missed: Queue, pipelines: PipelinesStack, api: ApiStack): void {
    const above = ComparisonOperator.GREATER_THAN_THRESHOLD;
    const share = (errors: string, all: string) => `100 * ${errors} / MAX([${all}, 1])`;
    const serverErrors = new MathExpression({
      expression: share("errors", "requests"),
      usingMetrics: { errors: api.api.metricServerError(minutes(5)), requests: api.api.metricCount(minutes(5)) },
      ...minutes(5),
      label: "5xx, % of requests",
    });
    new PlatformAlarm(this, "ApiErrors", {
      metric: serverErrors,
      threshold: 1,
      comparison: above,
      periods: { of: 3, breaching: 2 },
      meaning: "More than 1 % of API requests fail.",
      runbook: "api-errors",
      topic,
    });
    new PlatformAlarm(this, "ApiLatency", {
      metric: api.api.metricLatency({ ...minutes(5), statistic: "p99" }),
      threshold: 3000,
      comparison: above,
      periods: { of: 3, breaching: 3 },
      meaning: "The slowest 1 % of API requests take more than 3 s.",
      runbook: "api-latency",
      topic,
    });
    new PlatformAlarm(this, "MissedInvocations", {
      metric: missed.metricApproximateNumberOfMessagesVisible(minutes(5)),
      threshold: 0,
      comparison: above,
      periods: { of: 1, breaching: 1 },
      meaning: "A schedule or an event could not be delivered to its function.",
      runbook: "missed-invocations",
      topic,
    });
    for (const [name, { machine }] of pipelines.pipelines)
      new PlatformAlarm(this, `${pascalCase(name)}Failed`, {
        metric: machine.metricFailed(minutes(5)),
        threshold: 0,
        comparison: above,
        periods: { of: 1, breaching: 1 },
        meaning: `An execution of ${name} failed.`,
        runbook: "execution-failed",
        topic,
      });
    const stateMachineArn = [...pipelines.pipelines.keys()].map((name) => pipelines.machineArn(name));
    const detail = { status: ["TIMED_OUT", "ABORTED"], stateMachineArn };
    new Rule(this, "ExecutionEnded", {
      eventPattern: { source: ["aws.states"], detailType: ["Step Functions Execution Status Change"], detail },
      targets: [new SnsTopic(topic, { deadLetterQueue: missed })],
    });
    new Dashboard(this, "Dashboard", {
      widgets: [
        [
          new GraphWidget({ title: "requests", left: [api.api.metricCount(minutes(5))], right: [serverErrors] }),
          new GraphWidget({
            title: "latency",
            left: [api.api.metricLatency({ ...minutes(5), statistic: "p50" }), api.api.metricLatency({ ...minutes(5), statistic: "p99" })],
          }),
        ],
      ],
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
