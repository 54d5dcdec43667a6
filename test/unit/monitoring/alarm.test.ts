import { describe, expect, it } from "vitest";
import type { DriftReport } from "#contracts/platform/drift-report.ts";
import { Alarm } from "#contracts/platform/monitors.ts";
import { type AlarmState, calm, nextAlarm, type Transition } from "#core/monitoring/alarm.ts";

/** Two of three raise at 1, three quiet ones below 0.8 clear. */
const rule = Alarm.parse({});
const empty = "empty";
const tooFew = "too few";

/** Runs windows with the given scores; says what each did. */
function runOf(...scores: readonly (number | string)[]) {
  let state: AlarmState = calm;
  const transitions: Transition[] = [];
  scores.forEach((score, k) => {
    const status: DriftReport["status"] = score === empty ? "noData" : score === tooFew ? "insufficient" : "judged";
    const step = nextAlarm(state, { id: `report-${k}`, status, score: Number(score) || 0, createdAt: `2026-01-01T0${k % 10}:00:00Z` }, rule);
    state = step.next;
    transitions.push(step.transition);
  });
  return { state, transitions };
}

describe("an alarm", () => {
  it("is pending after one breach and raised by the second of three", () => {
    expect(runOf(1.2).state.state).toBe("pending");
    expect(runOf(1.2, 0, 1).transitions).toEqual([undefined, undefined, "raised"]);
    expect(runOf(1.2, 0, 1).state).toMatchObject({ state: "alarm", episode: "report-2", raisedAt: "2026-01-01T02:00:00Z" });
  });

  it("forgets a breach that nothing followed", () => {
    expect(runOf(1.2, 0, 0, 1.2).state.state).toBe("pending");
    expect(runOf(1.2, 0, 0, 0).state.state).toBe("ok");
  });

  it("is raised once per episode, however long it lasts", () => {
    expect(runOf(2, 2, 2, 2, 2).transitions.filter((transition) => transition === "raised")).toHaveLength(1);
  });

  it("does not flap around the threshold: between clearing and raising score it stays as it is", () => {
    expect(runOf(2, 2, 0.9, 0.9, 0.9, 0.9).state.state).toBe("alarm");
    expect(runOf(0.9, 0.9, 0.9).state.state).toBe("ok");
  });

  it("clears after three quiet windows in a row, and can then be raised again as a new episode", () => {
    const { state, transitions } = runOf(2, 2, 0, 0, 0.9, 0, 0, 0, 2, 2);

    expect(transitions.filter(Boolean)).toEqual(["raised", "cleared", "raised"]);
    expect(state.episode).toBe("report-9");
  });

  it("neither rises nor clears on windows that cannot be judged, and counts the empty ones", () => {
    const { state } = runOf(2, 2, 0, 0, empty, tooFew, empty, empty);

    expect(state).toMatchObject({ state: "alarm", quiet: 2, emptyWindows: 2 });
  });
});
