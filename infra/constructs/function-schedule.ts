import { Duration } from "aws-cdk-lib";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import { Schedule, ScheduleExpression, type ScheduleGroup, ScheduleTargetInput } from "aws-cdk-lib/aws-scheduler";
import { LambdaInvoke } from "aws-cdk-lib/aws-scheduler-targets";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import type { FunctionSpec } from "#contracts/function-spec.ts";

export interface FunctionScheduleProps {
  readonly schedule: NonNullable<FunctionSpec["schedule"]>;
  readonly target: IFunction;
  readonly group: ScheduleGroup;
  /** Takes the invocations that could not be delivered. */
  readonly missed: IQueue;
}

/** A function's declared schedule, in UTC: three tries within an hour, then the queue. */
export class FunctionSchedule extends Construct {
  constructor(scope: Construct, id: string, { schedule, target, group, missed }: FunctionScheduleProps) {
    super(scope, id);
    new Schedule(this, "Schedule", {
      scheduleGroup: group,
      schedule: ScheduleExpression.expression(schedule.expression),
      target: new LambdaInvoke(target, {
        input: ScheduleTargetInput.fromObject({ ...schedule.input }),
        retryAttempts: 3,
        maxEventAge: Duration.hours(1),
        deadLetterQueue: missed,
      }),
    });
  }
}
