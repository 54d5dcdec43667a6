import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { address } from "../../address.ts";
import { Card } from "../../parts/card.tsx";
import { useDates } from "../../parts/dates.ts";
import { Facts } from "../../parts/facts.tsx";
import { percent } from "../../parts/format.ts";
import { GoTo } from "../../parts/go-to.tsx";
import { State } from "../../parts/state.tsx";
import { decisionWords } from "../guardrail-words.ts";
import { Look } from "../look.tsx";
import type { RolloutThen } from "./then.ts";

/** The last rollout that had begun by an instant: where it stood, and what its last look had seen. */
export function RolloutThenCard({ then }: { readonly then: RolloutThen | undefined }) {
  const dates = useDates();
  if (!then) {
    return (
      <Card title="Rollout">
        <Box color="text-body-secondary">No rollout had begun by then.</Box>
      </Card>
    );
  }
  const { rollout, state, since, share, decision } = then;
  const step = rollout.plan.steps.indexOf(share);
  return (
    <Card title="Rollout">
      <SpaceBetween size="m">
        <Facts
          facts={[
            ["State", <State key="state" of={state} />],
            [
              "Rollout",
              <GoTo key="rollout" href={address(["endpoints", rollout.endpointName, "rollouts", rollout.rolloutId])}>
                {rollout.rolloutId}
              </GoTo>,
            ],
            ["Canary", `${rollout.canary}: ${rollout.modelName} ${rollout.modelVersion}`],
            ["Step", step === -1 ? undefined : `${step + 1} of ${rollout.plan.steps.length}, ${percent(share)} of the traffic`],
            ["Since", dates.full(since.at)],
            ["By", since.by],
            ["Why", since.reason],
          ]}
        />
        {decision ? (
          <div>
            <Box fontWeight="bold">{`Last look, ${dates.clock(decision.at)}: ${decisionWords(decision, rollout.plan)}`}</Box>
            <div className="name">{decision.reason}</div>
            <Look decision={decision} rollout={rollout} />
          </div>
        ) : (
          <Box color="text-body-secondary">It had not been looked at by then.</Box>
        )}
      </SpaceBetween>
    </Card>
  );
}
