import { describe, expect, it } from "vitest";
import { readExpression } from "#infra/local/events/expression.ts";
import { someEvents } from "#test/support/events.ts";
import { memoryTable } from "#test/support/memory-table.ts";
import { virtualClock } from "#test/support/virtual-clock.ts";

/** A quarter past a minute: when runs of functions come. */
const start = Date.UTC(2026, 0, 1, 0, 0, 15);
const minutes = 60_000;
const iso = (time: number | undefined) => (time === undefined ? undefined : new Date(time).toISOString().slice(0, 16));

describe("schedule expressions", () => {
  it.each([
    ["rate(5 minutes)", "2026-01-01T00:05"],
    ["rate(1 hour)", "2026-01-01T01:00"],
    ["rate(2 days)", "2026-01-03T00:00"],
    ["cron(15 10 * * ? *)", "2026-01-01T10:15"],
    ["cron(0/10 8-17 ? * MON-FRI *)", "2026-01-01T08:00"],
    ["cron(0 9 ? * 2#1 *)", "2026-01-05T09:00"],
    ["cron(0 9 ? * 6L 2026)", "2026-01-30T09:00"],
    ["cron(0 9 L * ? *)", "2026-01-31T09:00"],
    ["cron(0 9 ? * 1 *)", "2026-01-04T09:00"],
    ["at(2026-03-01T12:00:00)", "2026-03-01T12:00"],
    ["at(2025-03-01T12:00:00)", undefined],
    ["cron(0 9 1 1 ? 2020)", undefined],
  ])("%s is due next at %s", (expression, next) => {
    expect(iso(readExpression(expression, start).next(start))).toBe(next);
  });

  it("reads cron and at in a time zone", () => {
    expect(iso(readExpression("cron(0 9 * * ? *)", start, "Europe/Berlin").next(start))).toBe("2026-01-01T08:00");
    expect(iso(readExpression("at(2026-03-01T12:00:00)", start, "America/New_York").next(start))).toBe("2026-03-01T17:00");
  });

  it.each([
    "rate(1 minutes)",
    "rate(5 minute)",
    "rate(0 minutes)",
    "cron(0 9 * * * *)",
    "cron(0 9 ? * ? *)",
    "cron(0 9 * * ?)",
    "cron(61 9 * * ? *)",
    "at(tomorrow)",
    "hourly",
  ])("%s is refused", (expression) => {
    expect(() => readExpression(expression, start)).toThrow(/schedule expression .* cannot be read/);
  });

  it("refuses time zones that do not exist", () => {
    expect(() => readExpression("rate(1 day)", start, "Mars/Olympus")).toThrow("time zone Mars/Olympus is not known");
  });
});

describe("a function's schedule", () => {
  const functions = [{ name: "check", schedule: { expression: "rate(10 minutes)", input: { what: "all" } } }];

  it("invokes the function with its input, at each of its times", async () => {
    const events = someEvents({ functions, clock: virtualClock(start) });

    await events.resume();
    await events.clock.run(start + 30 * minutes);

    expect(events.calls.map(({ name, payload, time }) => [name, payload, (time - start) / minutes])).toEqual(
      [10, 20, 30].map((time) => ["check", { what: "all" }, time]),
    );
  });

  it("leaves a run out while the one before it is still under way", async () => {
    const clock = virtualClock(start);
    const invoke = () => new Promise<void>((resolve) => clock.at(clock.now() + 25 * minutes, resolve));
    const events = someEvents({ functions, clock, invoke });

    await events.resume();
    await clock.run(start + 60 * minutes);

    expect(events.calls.map(({ time }) => (time - start) / minutes)).toEqual([10, 40]);
  });

  it.each([
    ["a run missed within the hour is made up for once", 25, [25, 30]],
    ["of many missed runs only one is made up for", 55, [55, 60]],
    ["the rhythm is kept where nothing was missed", 12, [20]],
  ])("after a restart: %s", async (_what, downUntil, expected) => {
    const table = memoryTable();
    const before = someEvents({ table, functions, clock: virtualClock(start) });
    await before.resume();
    await before.clock.run(start + 10 * minutes);
    await before.stop();

    const after = someEvents({ table, functions, clock: virtualClock(start + downUntil * minutes) });
    await after.resume();
    await after.clock.run(start + (expected.at(-1) ?? 0) * minutes);

    expect(after.calls.map(({ time }) => (time - start) / minutes)).toEqual(expected);
  });

  it("does not make up for a run whose window is over", async () => {
    const table = memoryTable();
    const daily = [{ name: "check", schedule: { expression: "rate(1 day)", input: {} } }];
    await someEvents({ table, functions: daily, clock: virtualClock(start) }).resume();

    const after = someEvents({ table, functions: daily, clock: virtualClock(start + 26 * 60 * minutes) });
    await after.resume();
    await after.clock.run(start + 48 * 60 * minutes);

    expect(after.calls.map(({ time }) => (time - start) / minutes / 60)).toEqual([48]);
  });
});

describe("a schedule of a machine", () => {
  it.each(["nightly", "n".repeat(64)])("starts one execution a run, under a name of its own: %s", async (name) => {
    const events = someEvents();
    const every = {
      group: "capstan",
      name,
      expression: "rate(1 day)",
      timezone: "UTC",
      enabled: true,
      target: { machine: "training" },
      input: { a: 1 },
      windowMinutes: 60,
    };

    await events.schedules.save({ ...every, createdAt: start, changedAt: start });
    await events.clock.run(start + 3 * 24 * 60 * minutes);

    const names = events.calls.map(({ payload }) => (payload as { name: string }).name);
    expect(new Set(names).size).toBe(3);
    expect(names.every((one) => /^[\w.-]{1,80}$/.test(one))).toBe(true);
  });
});
