import { Alarm, type ComparisonOperator, type IMetric, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import type { Construct } from "constructs";

export interface PlatformAlarmProps {
  readonly metric: IMetric;
  readonly threshold: number;
  readonly comparison: ComparisonOperator;
  /** Of how many periods, how many must be over the threshold. */
  readonly periods: { readonly of: number; readonly breaching: number };
  /** What the alarm means, in a sentence. */
  readonly meaning: string;
  /** Heading of docs/runbook.md that says what to do, as an anchor. */
  readonly runbook: string;
  readonly runbookUrl: string;
  readonly topic: ITopic;
}

/** An alarm that says what it means and where to read on, and tells the topic when it is raised and when it is over. */
export class PlatformAlarm extends Alarm {
  constructor(scope: Construct, id: string, { metric, threshold, comparison, periods, meaning, runbook, runbookUrl, topic }: PlatformAlarmProps) {
    super(scope, id, {
      metric,
      threshold,
      comparisonOperator: comparison,
      evaluationPeriods: periods.of,
      datapointsToAlarm: periods.breaching,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmDescription: `${meaning} Runbook: ${runbookUrl}#${runbook}`,
    });
    this.addAlarmAction(new SnsAction(topic));
    this.addOkAction(new SnsAction(topic));
  }
}
