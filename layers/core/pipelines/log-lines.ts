import { type LogLine, logLevels } from "#contracts/platform/step-logs.ts";

/** A line as it was written. */
export interface LogEvent {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly text: string;
}

/** As Python's interpreter, its logging and most command line tools write them. */
const saysError = /^\s*Traceback \(|^[\w.]*(Error|Exception)\b|\b(ERROR|CRITICAL|FATAL)\b|^error:/;
const saysWarning = /\bWARN(ING)?\b|^\S*Warning:|: \w*Warning:/;

function documentIn(text: string): Readonly<Record<string, unknown>> | undefined {
  if (!text.startsWith("{")) return undefined;
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
}

/** A line of the platform's own with level and fields; of anything else the text, with the level that its words say. */
export function lineOf({ at, text }: LogEvent): LogLine {
  const { level: named, message, time: _time, executionId: _execution, step: _step, function: _function, ...fields } = documentIn(text) ?? {};
  const level = logLevels.find((one) => one === named);
  if (level === undefined || typeof message !== "string")
    return { time: at, level: saysError.test(text) ? "error" : saysWarning.test(text) ? "warn" : "info", message: text };
  return { time: at, level, message, ...(Object.keys(fields).length > 0 && { fields: fields as NonNullable<LogLine["fields"]> }) };
}
