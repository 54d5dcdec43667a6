import * as z from "zod";

export const logLevels = ["debug", "info", "warn", "error"] as const;

export const LogLine = z
  .object({
    time: z.int().describe("Milliseconds since the epoch."),
    level: z.enum(logLevels).describe("What a user's script writes says no level: lines that name an error or a warning are taken for one."),
    message: z.string(),
    fields: z.record(z.string(), z.json()).optional().describe("What the line says in numbers and names."),
  })
  .meta({ id: "LogLine", description: "A line that a step of an execution has written." });
export type LogLine = z.output<typeof LogLine>;

export const StepLogs = z
  .object({
    lines: z.array(LogLine).describe("In the order of time: the newest page, or the one before the page whose token was given."),
    nextPageToken: z.string().optional().describe("For the lines before these."),
    source: z
      .enum(["function", "trainingJob", "none"])
      .describe("Who writes: a function of the platform, a user's script, or nobody, where a state runs no code."),
  })
  .meta({ id: "StepLogs", description: "What a step of an execution has written." });
export type StepLogs = z.output<typeof StepLogs>;
