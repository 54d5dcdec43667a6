import Box from "@cloudscape-design/components/box";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import type { ReactNode } from "react";
import { Card } from "../parts/card.tsx";
import { number } from "../parts/format.ts";
import { Moment } from "../parts/moment.tsx";
import { State } from "../parts/state.tsx";
import { decisionWords } from "./guardrail-words.ts";
import { Look } from "./look.tsx";
import type { DecisionReply, RolloutReply } from "./wire.ts";
import "./endpoints.css";

type Outcome = "good" | "bad" | "open";
const outcomes: Readonly<Record<DecisionReply["decision"], Outcome>> = { continue: "open", advance: "good", promote: "good", rollBack: "bad" };
const ends: Readonly<Record<RolloutReply["status"], Outcome>> = { running: "open", promoted: "good", rolledBack: "bad", aborted: "bad" };

function Moments({
  at,
  outcome,
  title,
  children,
}: {
  readonly at: number;
  readonly outcome: Outcome;
  readonly title: ReactNode;
  readonly children?: ReactNode;
}) {
  return (
    <li data-outcome={outcome}>
      <Box fontWeight="bold">{title}</Box>
      <Box color="text-body-secondary" fontSize="body-s">
        <Moment at={at} />
      </Box>
      {children}
    </li>
  );
}

/** From the start to the end or to now: each look that counted, what it saw and why it went on or back. */
export function RolloutTimeline({ rollout }: { readonly rollout: RolloutReply }) {
  const { plan, canary, baseline, decisions, startedAt, startedBy, endedAt, status, reason } = rollout;
  return (
    <Card title="Timeline" description="Every look that changed something, and the last one.">
      <ol className="timeline">
        <Moments at={startedAt} outcome="open" title={`Started by ${startedBy}`}>
          <div className="name">{`${canary} takes over from ${baseline}, step by step.`}</div>
        </Moments>
        {decisions.map((decision) => (
          <Moments
            key={`${decision.at} ${decision.decision}`}
            at={decision.at}
            outcome={outcomes[decision.decision]}
            title={`Step ${decision.step + 1}: ${decisionWords(decision, plan)}`}
          >
            <div className="name">{decision.reason}</div>
            <ExpandableSection headerText={`What was seen at step ${decision.step + 1}: ${number(decision.canary.requests)} requests of the canary`}>
              <Look decision={decision} rollout={rollout} />
            </ExpandableSection>
          </Moments>
        ))}
        {endedAt !== undefined && (
          <Moments at={endedAt} outcome={ends[status]} title={<State of={status} />}>
            <div className="name">{reason || "No reason was given."}</div>
          </Moments>
        )}
      </ol>
    </Card>
  );
}
