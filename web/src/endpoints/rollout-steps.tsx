import Box from "@cloudscape-design/components/box";
import ProgressBar from "@cloudscape-design/components/progress-bar";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { Card } from "../parts/card.tsx";
import { duration, number, percent } from "../parts/format.ts";
import type { RolloutReply } from "./wire.ts";
import "./endpoints.css";

const isPassed = ({ status, step, decisions }: RolloutReply, index: number) =>
  index < step || status === "promoted" || decisions.some((it) => it.step === index && it.decision === "advance");

function StepState({ rollout, index }: { readonly rollout: RolloutReply; readonly index: number }) {
  if (isPassed(rollout, index)) return <StatusIndicator type="success">passed</StatusIndicator>;
  if (index === rollout.step && rollout.paused) return <StatusIndicator type="pending">paused</StatusIndicator>;
  if (index === rollout.step && rollout.status === "running") return <StatusIndicator type="in-progress">under way</StatusIndicator>;
  if (index === rollout.step) return <StatusIndicator type="stopped">ended here</StatusIndicator>;
  return <StatusIndicator type="pending">{rollout.status === "running" ? "to come" : "not reached"}</StatusIndicator>;
}

/** The canary's shares in their order, and how far the one under way has baked. */
export function RolloutSteps({ rollout }: { readonly rollout: RolloutReply }) {
  const { plan, step, stepStartedAt, status, decisions, paused } = rollout;
  const baked = Math.min(1, Math.max(0, ((paused?.at ?? Date.now()) - stepStartedAt) / (plan.bakeSeconds * 1000)));
  const answered = decisions.at(-1)?.canary.requests ?? 0;
  const { minimumRequests } = plan.guardrails;
  return (
    <Card
      title="Plan"
      description={`${duration(plan.bakeSeconds * 1000)} at each step, at least ${number(minimumRequests)} answers of the canary before it is promoted.`}
    >
      <SpaceBetween size="m">
        <ol className="plan-steps">
          {plan.steps.map((share, index) => (
            <li key={share} aria-current={index === step && status === "running" ? "step" : undefined}>
              <Box fontWeight="bold">{`Step ${index + 1}: ${percent(share)}`}</Box>
              <StepState rollout={rollout} index={index} />
            </li>
          ))}
        </ol>
        {status === "running" && (
          <ProgressBar
            label={paused ? `Step ${step + 1} stands still` : `Step ${step + 1} bakes`}
            value={baked * 100}
            additionalInfo={`${number(answered)} requests of the canary were seen at the last look.`}
          />
        )}
      </SpaceBetween>
    </Card>
  );
}
