import type { CaptureRecord } from "#contracts/sagemaker/capture.ts";

/** Evenly spread numbers in [0, 1) (mulberry32): the same for the same seed, unrelated for neighbouring ones. */
export function sequence(seed: number): () => number {
  let state = Math.imul(seed, 0x9e37_79b1);
  return () => {
    state = (state + 0x6d2b_79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Someone's age and plan; `shift` moves the ages. */
export function aPerson(next: () => number, shift = 0): { age: number; plan: string } {
  return { age: Math.round((20 + 40 * next() + shift) * 10) / 10, plan: next() < 0.7 ? "free" : "pro" };
}

/** Captured requests of one row each, spread over the hour that begins at `hour`. */
export function traffic(hour: string, rows: number, shift = 0): CaptureRecord[] {
  const next = sequence(Date.parse(hour) / 3_600_000);
  const payload = (mode: "INPUT" | "OUTPUT", body: unknown) => ({
    observedContentType: "application/json",
    mode,
    encoding: "JSON" as const,
    data: JSON.stringify(body),
  });
  return Array.from({ length: rows }, (_, k) => ({
    captureData: { endpointInput: payload("INPUT", { instances: [aPerson(next, shift)] }), endpointOutput: payload("OUTPUT", { predictions: [next()] }) },
    eventMetadata: { eventId: `${hour}-${k}`, inferenceTime: new Date(Date.parse(hour) + Math.floor((k * 3_600_000) / rows)).toISOString() },
    eventVersion: "0" as const,
  }));
}

/** A training set of the same people, with a label that requests do not carry. */
export function trainingCsv(rows: number): string {
  const next = sequence(7);
  const lines = Array.from({ length: rows }, () => {
    const { age, plan } = aPerson(next);
    return `${age},${plan},${next() < 0.3}`;
  });
  return `age,plan,churned\n${lines.join("\n")}\n`;
}
