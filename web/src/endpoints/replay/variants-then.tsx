import { versionPage } from "../../models/names.ts";
import { DataTable } from "../../parts/data-table.tsx";
import { useDates } from "../../parts/dates.ts";
import { number, percent } from "../../parts/format.ts";
import { GoTo } from "../../parts/go-to.tsx";
import { measures } from "../traffic-series.ts";
import { minutesKept } from "./stretch.ts";
import type { Then, VariantThen } from "./then.ts";

interface VariantsThenProps {
  readonly then: Then;
  readonly now: number;
}
const figure = ({ counts }: VariantThen, measure: (typeof measures)[number]) => (counts && counts.requests > 0 ? measure.of(counts) : undefined);

/** Each variant at an instant: its share, the version behind it, and its figures in the minute of the instant. */
export function VariantsThen({ then, now }: VariantsThenProps) {
  const dates = useDates();
  const isForgotten = now - then.minute > minutesKept * 60_000;
  return (
    <DataTable
      name="then"
      title="Variants"
      filtering={false}
      description={
        isForgotten ? "Traffic is kept for two days: of this instant only the shares are known." : `Traffic of the minute from ${dates.clock(then.minute)}.`
      }
      items={then.variants}
      rowKey={({ name }) => name}
      empty="The endpoint was not there."
      columns={[
        { id: "name", header: "Variant", cell: ({ name }) => <span className="named">{name}</span>, sortBy: ({ name }) => name, isName: true },
        {
          id: "version",
          header: "Model version",
          cell: ({ model }) =>
            model ? (
              <GoTo href={versionPage(model.modelName, model.modelVersion)}>
                {model.modelName} {model.modelVersion}
              </GoTo>
            ) : (
              "-"
            ),
        },
        { id: "share", header: "Share", cell: ({ share }) => percent(share), sortBy: ({ share }) => share },
        { id: "requests", header: "Requests", cell: ({ counts }) => number(counts?.requests), sortBy: ({ counts }) => counts?.requests },
        ...measures.map((measure) => ({
          id: measure.id,
          header: { rate: "Per second", errors: "Failed or refused", p50: "p50", p95: "p95", p99: "p99" }[measure.id],
          cell: (it: VariantThen) => {
            const value = figure(it, measure);
            return (
              <span className="number" title={value === undefined ? undefined : String(value)}>
                {value === undefined ? "-" : `${number(value)}${{ rate: "", errors: " %", p50: " ms", p95: " ms", p99: " ms" }[measure.id]}`}
              </span>
            );
          },
          sortBy: (it: VariantThen) => figure(it, measure),
        })),
      ]}
    />
  );
}
