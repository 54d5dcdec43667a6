import { endpointContract } from "#contracts/platform/endpoints.ts";
import { predictionContract } from "#contracts/platform/predictions.ts";
import { type Client, until, verify } from "./client.ts";
import type { Sample } from "./data.ts";
import { names } from "./names.ts";

/** What a stream of requests came to. */
export interface Traffic {
  readonly requests: number;
  readonly byVariant: ReadonlyMap<string, number>;
  readonly failed: number;
}
interface Sender {
  stop(): Promise<Traffic>;
}

/** The same cell measured again gives nearly the same figures: no two requests are equal, as in life. @param count how often it was measured before */
const measuredAgain = (values: Sample["values"], count: number): Sample["values"] =>
  Object.fromEntries(Object.entries(values).map(([name, value], index) => [name, value * (1 + 0.002 * Math.sin(count * 7.3 + index))]));

const senders = 4;
const pauseMs = 5;

/** Sends predictions, some at a time, until it is stopped. A failed answer is counted, not fatal: a bad canary makes some. @param change what the world does to the measurements */
export function sendTraffic(api: Client, samples: readonly Sample[], change: (values: Sample["values"]) => Sample["values"] = (values) => values): Sender {
  const byVariant = new Map<string, number>();
  let [requests, failed, next] = [0, 0, 0];
  const stop = new AbortController();
  async function send(): Promise<void> {
    while (!stop.signal.aborted) {
      const sample = samples[next % samples.length];
      next += 1;
      requests += 1;
      try {
        const { variant, predictions } = await api.call(predictionContract, "predict", {
          endpoint: names.endpoint,
          rows: sample ? [change(measuredAgain(sample.values, requests))] : [],
        });
        byVariant.set(variant, (byVariant.get(variant) ?? 0) + 1);
        if (predictions.length !== 1) failed += 1;
      } catch {
        failed += 1;
      }
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
  const running = Promise.all(Array.from({ length: senders }, send));
  return {
    async stop() {
      stop.abort();
      await running;
      return { requests, byVariant, failed };
    },
  };
}

/** Does something while predictions are sent. @param change what the world does to the measurements */
export async function underTraffic<T>(
  api: Client,
  samples: readonly Sample[],
  work: () => Promise<T>,
  change?: (values: Sample["values"]) => Sample["values"],
) {
  const sender = sendTraffic(api, samples, change);
  try {
    const result = await work();
    return { result, traffic: await sender.stop() };
  } finally {
    await sender.stop();
  }
}

/** Predicts for samples whose diagnosis is known. @returns the share of right answers */
export async function accuracyOnline(api: Client, samples: readonly Sample[]): Promise<number> {
  const { predictions } = await api.call(predictionContract, "predict", { endpoint: names.endpoint, rows: samples.map(({ values }) => values) });
  verify(predictions.length === samples.length, "one prediction a row");
  const label = (prediction: unknown) => Number(typeof prediction === "object" && prediction !== null && "label" in prediction ? prediction.label : prediction);
  return samples.filter(({ target }, index) => label(predictions[index]) === target).length / samples.length;
}

export const endpoint = async (api: Client) => (await api.call(endpointContract, "getEndpoint", { name: names.endpoint })).endpoint;

export const rollout = async (api: Client, rolloutId: string) => (await api.call(endpointContract, "getRollout", { name: names.endpoint, rolloutId })).rollout;

export const rolloutEnded = (api: Client, rolloutId: string, seconds: number) =>
  until(`the end of rollout ${rolloutId}`, seconds, async () => {
    const found = await rollout(api, rolloutId).catch(() => undefined);
    return found === undefined || found.status === "running" ? undefined : found;
  });

export const shares = ({ byVariant }: Traffic) => [...byVariant].map(([variant, count]) => `${variant} ${count}`).join(", ");
