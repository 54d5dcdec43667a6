import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { number } from "../parts/format.ts";
import { guardrailReadings } from "./guardrail-words.ts";
import type { ArmReply, DecisionReply, RolloutReply } from "./wire.ts";

const samples = ({ requests, errors, refusals, nullRows, p95Milliseconds }: ArmReply) =>
  `${number(requests)} requests, ${number(errors + refusals)} failed or refused, ${number(nullRows)} null${p95Milliseconds === undefined ? "" : `, p95 ${number(p95Milliseconds)} ms`}`;

/** What one look at a rollout saw of both sides, and what each guardrail said to it. */
export function Look({ decision, rollout: { canary, baseline, plan } }: { readonly decision: DecisionReply; readonly rollout: RolloutReply }) {
  return (
    <>
      <div className="name">{`${canary}: ${samples(decision.canary)}`}</div>
      <div className="name">{`${baseline}: ${samples(decision.baseline)}`}</div>
      {guardrailReadings(decision, plan).map(({ name, text, isBroken }) => (
        <div key={name}>
          <StatusIndicator type={isBroken ? "error" : "success"}>
            {`${name} ${isBroken ? "broken" : "held"}: `}
            <span className="name">{text}</span>
          </StatusIndicator>
        </div>
      ))}
    </>
  );
}
