import { describe, expect, it } from "vitest";
import { MonitorDefinition } from "#contracts/platform/monitors.ts";
import type { MonitorRunContext } from "#core/monitoring/monitors.ts";
import { runRequested } from "#core/monitoring/run-monitor.ts";

const definitionOf = (schedule: string) =>
  MonitorDefinition.parse({ name: "m", endpoint: "churn", reference: { uri: "s3://data/r.parquet" }, windowMinutes: 60, schedule });

/** The end of the window that a run at this time looks at; undefined where none is due. */
async function windowAt(time: string, schedule: string, lastWindowTo: string | null = null): Promise<string | undefined> {
  let to: number | undefined;
  const ctx = {
    now: () => Date.parse(time),
    monitors: { list: async () => [{ definition: definitionOf(schedule), memory: { lastWindowTo, unannounced: null }, revision: 1 }] },
    observe: async (_definition: unknown, _from: number, end: number) => {
      to = end;
      throw new Error("seen enough");
    },
  };
  await runRequested(ctx as unknown as MonitorRunContext, undefined);
  return to === undefined ? undefined : new Date(to).toISOString();
}

describe("the window that is due", () => {
  it.each([
    ["rate(1 minute)", "2026-03-04T05:10:10Z", "2026-03-04T05:10:00.000Z"],
    ["rate(1 minute)", "2026-03-04T05:10:09Z", "2026-03-04T05:09:00.000Z"],
    ["rate(5 minutes)", "2026-03-04T05:10:49Z", "2026-03-04T05:05:00.000Z"],
    ["rate(5 minutes)", "2026-03-04T05:10:50Z", "2026-03-04T05:10:00.000Z"],
    ["rate(1 hour)", "2026-03-04T05:01:59Z", "2026-03-04T04:00:00.000Z"],
    ["rate(1 hour)", "2026-03-04T05:02:00Z", "2026-03-04T05:00:00.000Z"],
    ["cron(0 6 * * ? *)", "2026-03-04T06:02:00Z", "2026-03-04T06:00:00.000Z"],
  ])("of %s at %s ended at %s: captures have a sixth of the period to arrive, two minutes at most", async (schedule, time, ended) => {
    expect(await windowAt(time, schedule)).toBe(ended);
  });
  it("is judged once", async () => {
    expect(await windowAt("2026-03-04T05:10:30Z", "rate(1 minute)", "2026-03-04T05:10:00.000Z")).toBeUndefined();
  });
});
