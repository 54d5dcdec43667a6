import { createWriteStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { finished } from "node:stream/promises";

/** When each line of a log was written, one number a line, beside the log itself: that stays as the script wrote it. */
const timesOf = (logFile: string) => `${logFile}.times`;

export interface ScriptLog {
  write(text: string): void;
  /** Lets all that was written reach the disk. */
  close(): Promise<void>;
}

/** Writes behind what the log holds already. @param now milliseconds since the epoch */
export function scriptLog(logFile: string, now: () => number = Date.now): ScriptLog {
  const [log, times] = [logFile, timesOf(logFile)].map((file) => createWriteStream(file, { flags: "a" }));
  return {
    write(text) {
      log?.write(`${text}\n`);
      times?.write(`${now()}\n`);
    },
    async close() {
      for (const stream of [log, times]) stream?.end();
      await Promise.all([log, times].map(async (stream) => stream && (await finished(stream))));
    },
  };
}

const linesIn = async (file: string): Promise<string[]> => (await readFile(file, "utf8")).split("\n").slice(0, -1);

/** What a script has written so far; undefined where it has no log. A line whose time was lost when the platform was killed has that of the one before it. */
export async function readScriptLog(logFile: string): Promise<{ readonly at: number; readonly text: string }[] | undefined> {
  const lines = await linesIn(logFile).catch(() => undefined);
  const times = await linesIn(timesOf(logFile)).catch(() => []);
  let last = 0;
  return lines?.map((text, index) => {
    last = Number(times[index]) || last;
    return { at: last, text };
  });
}
