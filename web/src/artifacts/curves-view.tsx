import { useMemo } from "react";
import { LineChart } from "../charts/line-chart.tsx";
import { PointsTable } from "../charts/points-table.tsx";
import { number } from "../parts/format.ts";
import { areaUnder, type Curve, type Curves } from "./drawings.ts";

const words = { roc: ["ROC curve", "False positive rate", "true positive rate"], precisionRecall: ["Precision-recall curve", "Recall", "precision"] } as const;

function ascending({ x, y }: Curve) {
  const order = [...x.keys()].toSorted((left, right) => (x[left] ?? 0) - (x[right] ?? 0) || left - right);
  return { x: order.map((index) => x[index] ?? Number.NaN), y: order.map((index) => y[index] ?? Number.NaN) };
}

/** A ROC or precision-recall curve for each class, with its area; chance is the diagonal of a ROC. */
export function CurvesView({ drawing: { kind, curves } }: { readonly drawing: Curves }) {
  const [title, xLabel, yLabel] = words[kind];
  const series = useMemo(() => {
    const lines = curves.map((curve, colour) => ({ id: curve.name, label: `${curve.name} (area ${number(areaUnder(curve))})`, colour, ...ascending(curve) }));
    return kind === "roc" ? [{ id: "\0chance", label: "chance", colour: 7, x: [0, 1], y: [0, 1], isGhost: true }, ...lines] : lines;
  }, [kind, curves]);
  return (
    <>
      <p>{series.flatMap(({ id, label }) => (id === "\0chance" ? [] : [label])).join(", ")}</p>
      <LineChart label={`${title}: ${yLabel} by ${xLabel.toLowerCase()}`} xLabel={xLabel} series={series} height={380} />
      <PointsTable name="curve" series={series} xLabel={xLabel} xKind="number" />
    </>
  );
}
