import { describe, expect, it } from "vitest";
import type { EndpointEvent } from "#contracts/platform/endpoint.ts";
import { ReportSummary } from "#contracts/platform/monitors.ts";
import { Rollout } from "#contracts/platform/rollout.ts";
import { requestBoxes, shareBoxes } from "../../../web/src/endpoints/replay/bands.ts";
import type { History } from "../../../web/src/endpoints/replay/history.ts";
import { reachedBy } from "../../../web/src/endpoints/replay/keys.ts";
import { marksOf, neighbour } from "../../../web/src/endpoints/replay/marks.ts";
import { instantAt, placeOf, spanOf, spans, stretchOf } from "../../../web/src/endpoints/replay/stretch.ts";
import { thenAt } from "../../../web/src/endpoints/replay/then.ts";

const minute = 60_000;
const start = 1000 * minute;
const model = (modelVersion: string) => ({ modelName: "churn", modelVersion });
const both = { main: model("1"), v2: model("2") };
const event = (at: number, change: EndpointEvent["change"], weights: Record<string, number>, more: Partial<EndpointEvent> = {}): EndpointEvent => ({
  at: start + at * minute,
  by: "ada",
  revision: at + 1,
  change,
  reason: "because",
  weights,
  models: "v2" in weights ? both : { main: model("1") },
  ...more,
});
const arm = { requests: 200, errors: 0, refusals: 0, rows: 200, nullRows: 0 };
const look = (at: number, decision: "continue" | "advance" | "promote" | "rollBack") => ({
  at: start + at * minute,
  step: 0,
  decision,
  reason: `look ${at}`,
  canary: arm,
  baseline: arm,
  evidence: {},
});
const rollout = Rollout.parse({
  rolloutId: "r1",
  endpointName: "churn",
  ...model("2"),
  canary: "v2",
  baseline: "main",
  plan: { steps: [0.1, 0.5] },
  status: "rolledBack",
  reason: "worse after all",
  step: 1,
  startedAt: start + 2 * minute,
  stepStartedAt: start + 3 * minute,
  endedAt: start + 9 * minute,
  startedBy: "ada",
  decisions: [look(4, "advance"), look(8, "promote")],
});
const of = { rolloutId: "r1" };
const report = (at: number, severity: string, alarm?: string) =>
  ReportSummary.parse({
    id: `w${at}`,
    monitor: "watch",
    window: { from: "2026-01-01T00:00:00Z", to: "2026-01-01T01:00:00Z" },
    createdAt: new Date(start + at * minute).toISOString(),
    status: "judged",
    severity,
    score: severity === "alert" ? 2 : 0,
    drifted: 1,
    tested: 4,
    rows: 1000,
    uri: "s3://data/r",
    alarm,
  });
const counts = (variant: string, requests: number) => ({ variant, requests, requestsPerSecond: requests / 60, errors: 0, refusals: 0, rows: 0, nullRows: 0 });
const history: History = {
  events: [
    event(0, "created", { main: 1 }),
    event(2, "rolloutStarted", { main: 1, v2: 0 }, of),
    event(3, "rolloutStepped", { main: 0.9, v2: 0.1 }, of),
    event(5, "rolloutPaused", { main: 0.9, v2: 0.1 }, { ...of, by: "bob" }),
    event(6, "rolloutResumed", { main: 0.9, v2: 0.1 }, of),
    event(8, "rolloutPromoted", { main: 0, v2: 1 }, of),
    event(9, "rolloutRolledBack", { main: 1, v2: 0 }, of),
  ],
  rollouts: [rollout],
  minutes: [{ minute: start + 3 * minute, variants: [counts("main", 90), counts("v2", 10)] }],
  monitors: [{ name: "watch", reports: [report(1, "none", "ok"), report(4, "alert", "pending"), report(7, "alert", "alarm"), report(10, "none", "ok")] }],
};
const at = (minutes: number) => start + minutes * minute;

describe("an instant of the past", () => {
  it("has the shares, the versions behind them and the traffic of its minute", () => {
    const then = thenAt(history, at(3) + 59_000);

    expect(then.variants).toMatchObject([
      { name: "main", share: 0.9, model: { modelVersion: "1" }, counts: { requests: 90 } },
      { name: "v2", share: 0.1, model: { modelVersion: "2" }, counts: { requests: 10 } },
    ]);
    expect(thenAt(history, at(4)).variants.map(({ counts: traffic }) => traffic)).toEqual([undefined, undefined]);
  });

  it.each([
    [1, undefined, undefined],
    [2, "running", undefined],
    [4, "running", "look 4"],
    [5, "paused", "look 4"],
    [6, "running", "look 4"],
    [8, "promoted", "look 8"],
    [9, "rolledBack", "look 8"],
  ])("after %i minutes has the rollout as it was then, not as it ended: %s, %s", (minutes, state, reason) => {
    const then = thenAt(history, at(minutes)).rollout;

    expect([then?.state, then?.decision?.reason]).toEqual([state, reason]);
  });

  it("has the last report of each monitor, and none before the first", () => {
    expect(thenAt(history, at(0)).monitors).toEqual([]);
    expect(thenAt(history, at(5)).monitors).toMatchObject([{ name: "watch", report: { id: "w4", alarm: "pending" } }]);
  });

  it("before the first change has no variant", () => {
    expect(thenAt(history, start - 1)).toEqual({ minute: start - minute, variants: [], monitors: [] });
  });
});

describe("the marks of a replay", () => {
  const marks = marksOf("churn", history);

  it("are all changes, looks, findings and alarms in the order of time; a window without drift is none", () => {
    expect(marks.map(({ kind, title }) => `${kind}: ${title}`)).toEqual([
      "deployment: created: main 100 %",
      "rollout: rollout started: main 100 %, v2 0 %",
      "rollout: rollout: next step: main 90 %, v2 10 %",
      "decision: Went on from 10 % to 50 %",
      "drift: watch gave an alert",
      "rollout: rollout paused: main 90 %, v2 10 %",
      "rollout: rollout resumed: main 90 %, v2 10 %",
      "alarm: watch raised its alarm",
      "rollout: rollout promoted: main 0 %, v2 100 %",
      "decision: Promoted from 10 % to all traffic",
      "rollout: rollout rolled back: main 100 %, v2 0 %",
      "alarm: watch cleared its alarm",
    ]);
    expect(marks.find(({ title }) => title.startsWith("rollout paused"))).toMatchObject({ by: "bob", reason: "because" });
  });

  it("have neighbours, and none beyond the ends", () => {
    expect(neighbour(marks, at(5), 1)?.at).toBe(at(6));
    expect(neighbour(marks, at(5), -1)?.at).toBe(at(4));
    expect(neighbour(marks, at(10), 1)).toBeUndefined();
  });

  it("are reached by the page keys, the ends of the stretch by Home and End", () => {
    const stretch = { from: start, to: at(20) };

    expect(["PageUp", "PageDown", "Home", "End", "ArrowRight", "x"].map((key) => reachedBy(key, false, at(5), stretch, marks))).toEqual([
      at(6),
      at(4),
      start + 1,
      at(20),
      at(5) + 6000,
      undefined,
    ]);
    expect(reachedBy("ArrowLeft", true, at(5), stretch, marks)).toBe(at(5) - 1000);
  });
});

describe("the stretch that is seen", () => {
  it("is the shortest one with the latest change in it, unless somebody chose another", () => {
    expect(spanOf("", history.events, at(20)).id).toBe("15");
    expect(spanOf("", history.events, at(9 + 300)).id).toBe("360");
    expect(spanOf("all", history.events, at(20)).id).toBe("all");
  });

  it("holds the instant: instants of long ago lie in a stretch whole lengths before the last one", () => {
    const hour = spans[1];

    expect(stretchOf(hour, [], at(200), at(200))).toEqual({ from: at(140), to: at(200) });
    expect(stretchOf(hour, [], at(200), at(70))).toEqual({ from: at(20), to: at(80) });
  });

  it("maps places to instants and back, and never leaves itself", () => {
    const stretch = { from: start, to: at(10) };

    expect(placeOf(stretch, instantAt(stretch, 0.25))).toBeCloseTo(0.25, 6);
    expect([instantAt(stretch, -1), instantAt(stretch, 2)]).toEqual([start, at(10) - 1]);
  });
});

describe("the drawing of a stretch", () => {
  const stretch = { from: start, to: at(10) };

  it("stacks the shares from change to change up to the whole", () => {
    expect(shareBoxes(history, stretch).filter(({ x }) => x === 0.3)).toEqual([
      { variant: "main", x: 0.3, width: expect.closeTo(0.2, 6), y: expect.closeTo(0.1, 6), height: 0.9 },
      { variant: "v2", x: 0.3, width: expect.closeTo(0.2, 6), y: expect.closeTo(0, 6), height: 0.1 },
    ]);
  });

  it("draws requests against the busiest minute", () => {
    const { boxes, busiest } = requestBoxes(history, stretch);

    expect(busiest).toBe(100);
    expect(boxes.map(({ variant, height }) => [variant, height])).toEqual([
      ["main", 0.9],
      ["v2", 0.1],
    ]);
  });
});
