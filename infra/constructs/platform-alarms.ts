import { Duration } from "aws-cdk-lib";
import type { HttpApi } from "aws-cdk-lib/aws-apigatewayv2";
import { ComparisonOperator, Dashboard, GraphWidget, MathExpression } from "aws-cdk-lib/aws-cloudwatch";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import type { IStateMachine } from "aws-cdk-lib/aws-stepfunctions";
import { Construct } from "constructs";
import { PlatformAlarm, type PlatformAlarmProps } from "./platform-alarm.ts";
import { pascalCase } from "./platform-functions.ts";

export interface PlatformAlarmsProps {
  readonly api: HttpApi;
  /** By the machine's name. */
  readonly machines: ReadonlyMap<string, IStateMachine>;
  /** Holds what could not be delivered or done. */
  readonly missed: IQueue;
  readonly topic: ITopic;
  readonly runbookUrl: string;
}

const fiveMinutes = { period: Duration.minutes(5) };

/** Symptoms that somebody must look at, and a dashboard of the same figures. */
export class PlatformAlarms extends Construct {
  constructor(scope: Construct, id: string, { api, machines, missed, topic, runbookUrl }: PlatformAlarmsProps) {
    super(scope, id);
    const requests = api.metricCount({ ...fiveMinutes, statistic: "Sum" });
    const latency = (statistic: string) => api.metricLatency({ ...fiveMinutes, statistic });
    const serverErrors = new MathExpression({
      expression: "100 * errors / MAX([requests, 1])",
      usingMetrics: { errors: api.metricServerError({ ...fiveMinutes, statistic: "Sum" }), requests },
      ...fiveMinutes,
      label: "5xx, % of requests",
    });
    const alarm = (name: string, props: Omit<PlatformAlarmProps, "topic" | "runbookUrl" | "comparison">) =>
      new PlatformAlarm(this, name, { ...props, comparison: ComparisonOperator.GREATER_THAN_THRESHOLD, topic, runbookUrl });

    alarm("ApiErrors", {
      metric: serverErrors,
      threshold: 1,
      periods: { of: 3, breaching: 2 },
      meaning: "More than 1 % of API requests fail.",
      runbook: "api-errors",
    });
    alarm("ApiLatency", {
      metric: latency("p99"),
      threshold: 3000,
      periods: { of: 3, breaching: 3 },
      meaning: "The slowest 1 % of API requests take more than 3 s.",
      runbook: "api-latency",
    });
    alarm("MissedInvocations", {
      metric: missed.metricApproximateNumberOfMessagesVisible({ ...fiveMinutes, statistic: "Maximum" }),
      threshold: 0,
      periods: { of: 1, breaching: 1 },
      meaning: "What a schedule, an event or a log asked for was not done.",
      runbook: "missed-invocations",
    });
    for (const [name, machine] of machines)
      alarm(`${pascalCase(name)}Failed`, {
        metric: machine.metricFailed({ ...fiveMinutes, statistic: "Sum" }),
        threshold: 0,
        periods: { of: 1, breaching: 1 },
        meaning: `An execution of ${name} failed.`,
        runbook: "execution-failed",
      });
    new Dashboard(this, "Dashboard", {
      widgets: [
        [
          new GraphWidget({ title: "requests", left: [requests], right: [serverErrors] }),
          new GraphWidget({ title: "latency", left: [latency("p50"), latency("p99")] }),
        ],
      ],
    });
  }
}
