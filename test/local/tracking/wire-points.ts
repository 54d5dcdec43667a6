import { expect } from "vitest";
import type { TrackingService } from "./tracking-service.ts";

/** A point as the wire shows it. */
export type WirePoint = Readonly<{ key: string; value: unknown; timestamp: unknown; step?: unknown }>;

/** What a refused request looks like. */
export const invalid = (message: string | RegExp) => ({
  status: 400,
  body: { error_code: "INVALID_PARAMETER_VALUE", message: typeof message === "string" ? message : expect.stringMatching(message) },
});

/** `count` points in turn on the keys k0, k1 and so on, steps and times rising from `offset`. */
export const manyPoints = (count: number, keys: number, offset = 0) =>
  Array.from({ length: count }, (_, index) => ({ key: `k${index % keys}`, value: index + 0.5, timestamp: 1000 + index + offset, step: index + offset }));

export const latestMetrics = async (tracking: TrackingService, run_id: string) => (await tracking.get(run_id)).data.metrics;
export const historyOf = async (tracking: TrackingService, run_id: string, metric_key: string) =>
  (await tracking.metrics("getMetricHistory", { run_id, metric_key })).body.metrics;
