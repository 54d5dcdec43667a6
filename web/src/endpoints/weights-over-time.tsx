import Box from "@cloudscape-design/components/box";
import { useMemo } from "react";
import { Card } from "../parts/card.tsx";
import { VariantLines } from "./variant-lines.tsx";
import { stepsOfWeights } from "./weight-steps.ts";
import type { EventReply } from "./wire.ts";

/** Which variant had which share when: each change is a step. The history below it is its table. */
export function WeightsOverTime({ events }: { readonly events: readonly EventReply[] }) {
  const series = useMemo(() => stepsOfWeights(events, Date.now()), [events]);
  return (
    <Card title="What happened" description="Percent of the traffic of each variant, from change to change.">
      {series.length === 0 ? (
        <Box color="text-body-secondary">Nothing has changed.</Box>
      ) : (
        <VariantLines label="Shares of the traffic over time, in percent" series={series} height={220} />
      )}
    </Card>
  );
}
