import SpaceBetween from "@cloudscape-design/components/space-between";
import { address } from "../address.ts";
import { Page } from "../frame/page.tsx";
import { useSegments } from "../frame/segments.ts";
import { versionPage } from "../models/names.ts";
import { Card } from "../parts/card.tsx";
import { Facts } from "../parts/facts.tsx";
import { GoTo } from "../parts/go-to.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { Moment } from "../parts/moment.tsx";
import { State } from "../parts/state.tsx";
import { useRead } from "../queries.ts";
import { DecisionsTable } from "./decisions-table.tsx";
import { RolloutActions } from "./rollout-actions.tsx";
import { RolloutSteps } from "./rollout-steps.tsx";
import { RolloutTimeline } from "./rollout-timeline.tsx";
import type { RolloutReply } from "./wire.ts";

/** One rollout: where it stands, every decision with its figures, and the ways to end it. */
export function RolloutPage() {
  const [, name = "", , id = ""] = useSegments();
  const query = useRead<{ readonly rollout: RolloutReply }>(address(["capstan", "v1", "endpoints", name, "rollouts", id]), { every: 1500 });
  const rollout = query.data?.rollout;
  return (
    <Page title={`Rollout ${id}`} actions={rollout && <RolloutActions rollout={rollout} />}>
      <Loaded query={query}>
        {({ rollout: it }) => (
          <SpaceBetween size="l">
            <Card title="Overview">
              <Facts
                facts={[
                  [
                    "State",
                    <span key="state" aria-live="polite">
                      <State of={it.paused ? "paused" : it.status} />
                    </span>,
                  ],
                  [
                    "Endpoint",
                    <GoTo key="endpoint" href={address(["endpoints", name])}>
                      {name}
                    </GoTo>,
                  ],
                  [
                    "Canary",
                    <GoTo key="canary" href={versionPage(it.modelName, it.modelVersion)}>
                      {`${it.canary}: ${it.modelName} ${it.modelVersion}`}
                    </GoTo>,
                  ],
                  ["Baseline", it.baseline],
                  ["Paused", it.paused && <Moment key="paused" at={it.paused.at} />],
                  ["Paused by", it.paused && `${it.paused.by}${it.paused.reason === "" ? "" : `: ${it.paused.reason}`}`],
                  ["Started", <Moment key="started" at={it.startedAt} />],
                  ["By", it.startedBy],
                  ["Ended", it.endedAt === undefined ? undefined : <Moment key="ended" at={it.endedAt} />],
                  ["Reason", it.reason],
                ]}
              />
            </Card>
            <RolloutSteps rollout={it} />
            <RolloutTimeline rollout={it} />
            <DecisionsTable decisions={it.decisions} />
          </SpaceBetween>
        )}
      </Loaded>
    </Page>
  );
}
