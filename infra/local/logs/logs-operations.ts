import * as z from "zod";
import { AwsError } from "../aws/aws-error.ts";
import { operation } from "../aws/parse-input.ts";
import type { Operations } from "../aws/server.ts";
import { holds, readPattern } from "./filter-pattern.ts";
import type { LineFiles } from "./line-files.ts";

/** A line of a training job's script. */
export interface ScriptLine {
  readonly at: number;
  readonly text: string;
}

export interface LogsParts {
  readonly lines: Pick<LineFiles, "read">;
  /** What a training job's script has written; undefined where there is no such job. */
  readonly scriptLines: (job: string) => Promise<readonly ScriptLine[] | undefined>;
}

interface Found {
  readonly stream: string;
  readonly lines: readonly ScriptLine[];
}

const trainingGroup = "/aws/sagemaker/TrainingJobs";

function refused(message: string): AwsError {
  return new AwsError("InvalidParameterException", message);
}

/** FilterLogEvents of CloudWatch Logs, for what this machine keeps: lines of functions by their execution, lines of scripts by their training job. */
export function logsOperations({ lines, scriptLines }: LogsParts): Operations {
  async function ofJob(prefix: string | undefined): Promise<Found> {
    const job = /^([A-Za-z0-9-]{1,63})\//.exec(prefix ?? "")?.[1];
    if (job === undefined) throw refused(`logStreamNamePrefix must be a training job's name and a slash on this machine, got ${prefix ?? "nothing"}`);
    return { stream: `${job}/algo-1`, lines: (await scriptLines(job)) ?? [] };
  }
  async function ofFunction(group: string, pattern: string | undefined): Promise<Found> {
    const members = readPattern(pattern ?? "");
    const execution = members.get("executionId") ?? "";
    if (!/^[\w-]{1,80}$/.test(execution)) throw refused("filterPattern must name an executionId on this machine, which keeps lines by execution");
    const kept = await lines.read(execution);
    return { stream: execution, lines: kept.filter((line) => line.group === group && holds(members, line.text)) };
  }
  return {
    "Logs_20140328.FilterLogEvents": operation(
      z.object({
        logGroupName: z.string().min(1),
        logStreamNamePrefix: z.string().optional(),
        filterPattern: z.string().max(1024).optional(),
        startTime: z.int().min(0).default(0),
        endTime: z.int().min(0).default(Number.MAX_SAFE_INTEGER),
        limit: z.int().min(1).max(10_000).default(10_000),
        nextToken: z.string().regex(/^\d+$/).optional(),
      }),
      async ({ logGroupName, logStreamNamePrefix, filterPattern, startTime, endTime, limit, nextToken = "0" }) => {
        const found = logGroupName === trainingGroup ? await ofJob(logStreamNamePrefix) : await ofFunction(logGroupName, filterPattern);
        const within = found.lines.filter(({ at }) => at >= startTime && at <= endTime);
        const first = Number(nextToken);
        const events = within.slice(first, first + limit).map(({ at, text }, index) => ({
          logStreamName: found.stream,
          timestamp: at,
          ingestionTime: at,
          message: text,
          eventId: `${at}-${first + index}`,
        }));
        return { events, ...(first + limit < within.length && { nextToken: String(first + limit) }) };
      },
    ),
  };
}
