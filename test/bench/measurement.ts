import type { Lifecycle } from "#infra/local/lifecycle.ts";

/** What a server did in one window. Times are milliseconds. */
export interface Figure {
  /** In the measurement's unit. */
  readonly value: number;
  /** Requests per second and server core: what neither the load generator nor neighbours decide. */
  readonly perCore?: number;
  readonly p50?: number;
  readonly p99?: number;
  /** Cores that processes of neither side used meanwhile. */
  readonly foreign?: number;
  /** Answers other than 2xx, and connections that broke. */
  readonly failed?: number;
}

/** `ratio`: at least this many times better than the peer. `most`: at most this value, no peer needed. */
export type Goal = { readonly ratio: number } | { readonly most: number };

/** One thing that was measured, on our side and, where it was asked for, on a peer's. */
export interface Measurement {
  readonly what: string;
  readonly unit: string;
  readonly better: "higher" | "lower";
  readonly own: Figure;
  readonly peer?: Figure & { readonly who: string };
  readonly goal?: Goal;
}

/** All measurements of an area, with what a reader must know to repeat them. */
export interface AreaResult {
  readonly measurements: readonly Measurement[];
  /** Name and version of each side. */
  readonly versions: Readonly<Record<string, string>>;
  readonly notes: readonly string[];
}

export interface BenchOptions {
  /** Start and measure the peers too. */
  readonly peers: boolean;
  /** Length of a window of load. */
  readonly seconds: number;
  /** Says what is being done. */
  readonly tell: (text: string) => void;
  /** Takes what is started, and ends it when the area is done, fails or is interrupted. */
  readonly parts: Lifecycle;
}

export type Area = (options: BenchOptions) => Promise<AreaResult>;

/** How many times better we are; undefined without a peer. */
export function ratioOf({ own, peer, better }: Measurement): number | undefined {
  if (!peer) return undefined;
  return better === "higher" ? own.value / peer.value : peer.value / own.value;
}

export type Verdict = "ok" | "missed" | "";

/** Empty where there is no goal, or where the peer that it speaks of was not measured. */
export function verdictOf(measurement: Measurement): Verdict {
  const { goal, own } = measurement;
  if (!goal) return "";
  if ("most" in goal) return own.value <= goal.most ? "ok" : "missed";
  const ratio = ratioOf(measurement);
  return ratio === undefined ? "" : ratio >= goal.ratio ? "ok" : "missed";
}

/** The middle one of several figures. */
export const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
