import type { CaptureLine, CaptureRecord } from "#contracts/sagemaker/capture.ts";

/** Whose predictions: an endpoint and the variant that answered. */
export interface CaptureSource {
  readonly endpoint: string;
  readonly variant: string;
}

/** Takes captured predictions without delaying the request that made them: `capture` returns at once and never throws. */
export interface CaptureSink {
  capture(source: CaptureSource, record: CaptureRecord): void;
  /** Resolves when everything captured so far is stored; for an orderly end of the process. */
  flush(): Promise<void>;
}

/** The files that hold one hour of captured predictions. */
export interface CapturedHour {
  /** Epoch milliseconds of the hour's start. */
  readonly hour: number;
  /** JSON lines, in key order. */
  readonly keys: readonly string[];
}

/** Where captured predictions are kept, by the UTC hour of their inference. */
export interface CaptureStore {
  /** Safe to repeat: the same records make the same objects. @returns the keys, one per hour touched */
  append(source: CaptureSource, records: readonly CaptureRecord[]): Promise<string[]>;
  /** Hours that overlap the half-open interval and hold anything, in order of time. */
  list(source: CaptureSource, fromMs: number, toMs: number): Promise<CapturedHour[]>;
  /** The predictions of one listed file. A line that cannot be read is left out. */
  records(key: string): Promise<CaptureRecord[]>;
  /** Variants of an endpoint that have captured anything. */
  variants(endpoint: string): Promise<string[]>;
}

export const hourMs = 3_600_000;
export const startOfHour = (time: number) => Math.floor(time / hourMs) * hourMs;

/** `yyyy/mm/dd/hh` of an instant, UTC: SageMaker's folders. */
export const hourFolder = (time: number) => new Date(time).toISOString().slice(0, 13).replace("T", "/").replaceAll("-", "/");

/** The log line that carries a capture out of a Lambda function. */
export const captureLine = (source: CaptureSource, record: CaptureRecord): string => {
  const line: CaptureLine = { capture: { endpoint: source.endpoint, variant: source.variant, record } };
  return JSON.stringify(line);
};

/** Records by the hour of their inference. */
export const byHour = (records: readonly CaptureRecord[]): Map<number, CaptureRecord[]> =>
  Map.groupBy(records, ({ eventMetadata }) => startOfHour(Date.parse(eventMetadata.inferenceTime)));
