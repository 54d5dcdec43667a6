import { type CloudWatchLogsClient, paginateFilterLogEvents, ResourceNotFoundException } from "@aws-sdk/client-cloudwatch-logs";
import type { LogEvent } from "#core/pipelines/log-lines.ts";
import type { LogReader, LogSource } from "#core/pipelines/step-logs.ts";

/** Where SageMaker writes what training jobs say; its streams begin with the job's name (SageMaker developer guide, "Amazon SageMaker logs"). */
const trainingGroup = "/aws/sagemaker/TrainingJobs";

/** A function's name is its ARN's last part in an account; on a laptop it is the name itself. */
const functionGroup = (name: string) => `/aws/lambda/${name.split(":function:").at(-1)?.split(":")[0]}`;

const queryOf = (source: LogSource) =>
  source.kind === "trainingJob"
    ? { logGroupName: trainingGroup, logStreamNamePrefix: `${source.name}/` }
    : {
        logGroupName: functionGroup(source.name),
        filterPattern: `{ ($.executionId = ${JSON.stringify(source.executionId)}) && ($.step = ${JSON.stringify(source.step)}) }`,
      };

/** Most steps have said all within this time; each further look goes back four times as far. */
const firstLook = 60_000;

/** Lines in CloudWatch Logs. FilterLogEvents only reads forwards: the newest lines are found by looking at ever longer times before the end. */
export function logReader(client: CloudWatchLogsClient): LogReader {
  async function between(source: LogSource, from: number, to: number): Promise<LogEvent[]> {
    const found: LogEvent[] = [];
    try {
      for await (const { events = [] } of paginateFilterLogEvents({ client }, { ...queryOf(source), startTime: from, endTime: to - 1 }))
        found.push(...events.map(({ timestamp = 0, message = "" }) => ({ at: timestamp, text: message.replace(/\n$/, "") })));
    } catch (error) {
      // SageMaker makes its log group with the account's first training job.
      if (!(error instanceof ResourceNotFoundException)) throw error;
    }
    return found;
  }
  return {
    async newest(source, from, to, limit) {
      let found: LogEvent[] = [];
      let until = to;
      for (let look = firstLook; until > from && found.length < limit; look *= 4) {
        const since = Math.max(from, until - look);
        found = [...(await between(source, since, until)), ...found];
        until = since;
      }
      return found.slice(-limit);
    },
  };
}
