import { address } from "../../address.ts";
import { number, percent } from "../../parts/format.ts";
import { changeWords } from "../change-words.ts";
import { decisionWords } from "../guardrail-words.ts";
import type { EventReply } from "../wire.ts";
import { type History, reportedAt } from "./history.ts";

export const kinds = {
  deployment: "Deployment",
  shares: "Shares",
  rollout: "Rollout",
  decision: "Decision",
  drift: "Drift report",
  alarm: "Drift alarm",
} as const;

/** Something that happened at an instant. */
export interface Mark {
  readonly id: string;
  readonly at: number;
  readonly kind: keyof typeof kinds;
  readonly outcome: "good" | "bad" | "open";
  readonly title: string;
  readonly by: string;
  readonly reason: string;
  /** The page that tells more. */
  readonly href?: string;
}

const eventKinds: Readonly<Partial<Record<EventReply["change"], Mark["kind"]>>> = {
  created: "deployment",
  updated: "deployment",
  deleted: "deployment",
  revoked: "deployment",
  weights: "shares",
};
const eventOutcomes: Readonly<Partial<Record<EventReply["change"], Mark["outcome"]>>> = {
  revoked: "bad",
  deleted: "bad",
  rolloutPromoted: "good",
  rolloutRolledBack: "bad",
  rolloutAborted: "bad",
};

/** `main 75 %, v2 25 %` */
export const sharesText = (weights: Readonly<Record<string, number>>): string =>
  Object.entries(weights)
    .map(([variant, weight]) => `${variant} ${percent(weight)}`)
    .join(", ");

function ofEvents({ events }: History, rolloutPage: (id: string) => string): Mark[] {
  return events.map(({ at, revision, change, by, reason, weights, rolloutId }) => {
    const shares = sharesText(weights);
    return {
      id: `event ${at} ${revision}`,
      at,
      kind: eventKinds[change] ?? "rollout",
      outcome: eventOutcomes[change] ?? "open",
      title: shares === "" ? changeWords[change] : `${changeWords[change]}: ${shares}`,
      by,
      reason,
      ...(rolloutId !== undefined && { href: rolloutPage(rolloutId) }),
    };
  });
}

const decisionOutcomes = { continue: "open", advance: "good", promote: "good", rollBack: "bad" } as const;

const ofDecisions = ({ rollouts }: History, rolloutPage: (id: string) => string): Mark[] =>
  rollouts.flatMap(({ rolloutId, plan, decisions }) =>
    decisions.map((decision) => ({
      id: `decision ${rolloutId} ${decision.at}`,
      at: decision.at,
      kind: "decision" as const,
      outcome: decisionOutcomes[decision.decision],
      title: decisionWords(decision, plan),
      by: "rollout",
      reason: decision.reason,
      href: rolloutPage(rolloutId),
    })),
  );

const severityWords = { none: "saw no drift", notice: "gave a notice", warning: "gave a warning", alert: "gave an alert" } as const;

/** Windows without drift are many and say nothing: only those with a finding are marked, and those that raised or cleared the alarm. */
const ofReports = ({ monitors }: History): Mark[] =>
  monitors.flatMap(({ name, reports }) =>
    reports.flatMap((report, index) => {
      const [before, after] = [reports[index - 1]?.alarm, report.alarm];
      const isRaised = after === "alarm" && before !== "alarm";
      const isCleared = before === "alarm" && after !== undefined && after !== "alarm";
      if (report.severity === "none" && !isRaised && !isCleared) return [];
      const what = isRaised ? "raised its alarm" : isCleared ? "cleared its alarm" : severityWords[report.severity];
      return [
        {
          id: `report ${name} ${report.id}`,
          at: reportedAt(report),
          kind: isRaised || isCleared ? ("alarm" as const) : ("drift" as const),
          outcome: isCleared ? ("good" as const) : isRaised || report.severity === "alert" ? ("bad" as const) : ("open" as const),
          title: `${name} ${what}`,
          by: name,
          reason: `${report.drifted} of ${report.tested} columns drifted in ${number(report.rows)} rows`,
          href: address(["drift", name, "reports", report.id]),
        },
      ];
    }),
  );

/** All that happened to an endpoint, the earliest first. */
export function marksOf(name: string, history: History): Mark[] {
  const rolloutPage = (id: string) => address(["endpoints", name, "rollouts", id]);
  const marks = [...ofEvents(history, rolloutPage), ...ofDecisions(history, rolloutPage), ...ofReports(history)];
  return marks.toSorted((left, right) => left.at - right.at);
}

/** The next mark after an instant, or the one before it. */
export const neighbour = (marks: readonly Mark[], at: number, way: 1 | -1): Mark | undefined =>
  way === 1 ? marks.find((mark) => mark.at > at) : marks.findLast((mark) => mark.at < at);
