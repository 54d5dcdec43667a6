import { CaptureLine, type CaptureRecord } from "#contracts/sagemaker/capture.ts";
import type { CaptureSource, CaptureStore } from "./captures.ts";

interface Batch {
  readonly source: CaptureSource;
  readonly records: CaptureRecord[];
}

function lineOf(message: string): CaptureLine | undefined {
  try {
    return CaptureLine.safeParse(JSON.parse(message)).data;
  } catch {
    return undefined;
  }
}

/** Stores the captures among log lines, one batch per variant. A line that is no capture is counted, not fatal: logs hold what they hold. */
export async function storeLogLines(captures: Pick<CaptureStore, "append">, messages: readonly string[]): Promise<{ written: number; unreadable: number }> {
  const batches = new Map<string, Batch>();
  let written = 0;
  for (const line of messages.map(lineOf)) {
    if (!line) continue;
    const { endpoint, variant, record } = line.capture;
    const key = JSON.stringify([endpoint, variant]);
    const batch = batches.get(key) ?? { source: { endpoint, variant }, records: [] };
    batches.set(key, batch);
    batch.records.push(record);
    written += 1;
  }
  for (const { source, records } of batches.values()) await captures.append(source, records);
  return { written, unreadable: messages.length - written };
}
