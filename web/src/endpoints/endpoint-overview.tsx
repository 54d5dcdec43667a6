import SpaceBetween from "@cloudscape-design/components/space-between";
import { address } from "../address.ts";
import { useUrlState } from "../frame/url-state.ts";
import { Card } from "../parts/card.tsx";
import { Facts } from "../parts/facts.tsx";
import { percent } from "../parts/format.ts";
import { GoTo } from "../parts/go-to.tsx";
import { Moment } from "../parts/moment.tsx";
import { useRead } from "../queries.ts";
import { PeriodChoice } from "./period-choice.tsx";
import { TrafficChart } from "./traffic-chart.tsx";
import { VariantsTable } from "./variants-table.tsx";
import { WeightSliders } from "./weight-sliders.tsx";
import type { EndpointReply, StatisticsReply } from "./wire.ts";

/** Facts, variants with their figures, and the traffic of the chosen period as it goes on. */
export function EndpointOverview({ endpoint: it }: { readonly endpoint: EndpointReply }) {
  const [minutes, setMinutes] = useUrlState("minutes", "60");
  const path = address(["capstan", "v1", "endpoints", it.name, "statistics"], { minutes });
  const statistics = useRead<StatisticsReply>(path, { every: 2500 }).data;
  return (
    <SpaceBetween size="l">
      <Card title="Endpoint">
        <Facts
          facts={[
            [
              "Rollout under way",
              it.rolloutId && (
                <GoTo key="rollout" href={address(["endpoints", it.name, "rollouts", it.rolloutId])}>
                  {it.rolloutId}
                </GoTo>
              ),
            ],
            ["Assignment", it.assignment.mode === "sticky" ? `sticky by ${it.assignment.field ?? "X-Capstan-Key"}` : "random"],
            ["Captured", percent(it.captureRate)],
            ["Compute", it.compute?.kind === "sagemaker" ? `SageMaker, ${it.compute.instanceType}` : "the platform's own function"],
            ["In SageMaker", it.compute?.kind === "sagemaker" ? [it.compute.status?.state, it.compute.status?.reason].filter(Boolean).join(": ") : undefined],
            ["Batching", it.batching ? "on" : "off"],
            ["Revision", String(it.revision)],
            ["Changed", <Moment key="changed" at={it.updatedAt} />],
            ["By", it.updatedBy],
            ...Object.entries(it.tags).map(([name, value]) => [name, value] as const),
          ]}
        />
      </Card>
      <VariantsTable endpoint={it} statistics={statistics} actions={<PeriodChoice minutes={minutes} choose={setMinutes} />} />
      <WeightSliders endpoint={it} />
      {statistics && <TrafficChart series={statistics.series} />}
    </SpaceBetween>
  );
}
