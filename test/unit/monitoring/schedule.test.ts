import { describe, expect, it } from "vitest";
import { DomainError } from "#core/errors.ts";
import { parseSchedule } from "#core/monitoring/schedule.ts";

const lastDue = (expression: string, now: string) => {
  const due = parseSchedule(expression)(Date.parse(now));
  return due === undefined ? undefined : new Date(due).toISOString();
};

describe("parseSchedule", () => {
  it.each([
    ["rate(1 hour)", "2026-03-04T05:59:59.999Z", "2026-03-04T05:00:00.000Z"],
    ["rate(15 minutes)", "2026-03-04T05:15:00Z", "2026-03-04T05:15:00.000Z"],
    ["rate(1 day)", "2026-03-04T05:15:00Z", "2026-03-04T00:00:00.000Z"],
    ["cron(30 6 * * ? *)", "2026-03-04T06:30:00Z", "2026-03-04T06:30:00.000Z"],
    ["cron(30 6 * * ? *)", "2026-03-04T06:29:59Z", "2026-03-03T06:30:00.000Z"],
    // EventBridge's 2 is a Monday; 4 March 2026 is a Wednesday.
    ["cron(0 0 ? * 2 *)", "2026-03-04T06:29:59Z", "2026-03-02T00:00:00.000Z"],
    ["cron(0 0 ? * MON-FRI *)", "2026-03-08T06:29:59Z", "2026-03-06T00:00:00.000Z"],
  ])("finds that %s was last due before %s at %s", (expression, now, due) => {
    expect(lastDue(expression, now)).toBe(due);
  });

  it.each(["rate(0 hours)", "rate(1 fortnight)", "hourly", "cron(0 6 * *)", "cron(99 6 * * ? *)"])("refuses %s by name", (expression) => {
    expect(() => parseSchedule(expression)).toThrow(DomainError);
    expect(() => parseSchedule(expression)).toThrow(expression);
  });
});
